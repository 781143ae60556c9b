/**
 * One value for the whole process, made at the first call. A bundler may load a module once for pages and once more for
 * route handlers; caches, budgets and connections must still be one.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`omni-console.${name}`);
  const shared = globalThis as unknown as Record<symbol, T | undefined>;
  return (shared[key] ??= make());
}
