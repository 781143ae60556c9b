/** What came within so many milliseconds, or `late`: the answer goes on, and nobody here waits for it. */
export function within<T>(ms: number | undefined, answer: Promise<T>): Promise<T | 'late'> {
  if (ms === undefined) return answer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
