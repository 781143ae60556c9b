/** The answer if it comes within `ms` milliseconds, else `late`. The read behind it goes on. Undefined: no limit. */
export function withinTime<T>(ms: number | undefined, answer: Promise<T>): Promise<T | 'late'> {
  if (ms === undefined) return answer;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<'late'>((resolve) => {
    timer = setTimeout(() => resolve('late'), ms);
  });
  return Promise.race([answer, late]).finally(() => clearTimeout(timer));
}
