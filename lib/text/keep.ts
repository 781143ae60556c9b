/** `make`, which remembers what it made of the last `most` texts it was asked for. What throws is not remembered. */
export function keep<T>(most: number, make: (text: string) => T): (text: string) => T {
  const kept = new Map<string, T>();
  return (text) => {
    const value = kept.has(text) ? (kept.get(text) as T) : make(text);
    kept.delete(text);
    kept.set(text, value);
    for (const oldest of kept.keys()) {
      if (kept.size <= most) break;
      kept.delete(oldest);
    }
    return value;
  };
}
