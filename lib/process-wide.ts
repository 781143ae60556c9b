/**
 * One value for the whole process, made at the first call. A bundler may load a module once for pages and once more for
 * route handlers; caches, budgets and connections must still be one.
 */
export function processWide<T>(name: string, make: () => T): T {
  const key = Symbol.for(`omni-console.${name}`);
  const known: T | undefined = Reflect.get(globalThis, key);
  if (known !== undefined) return known;
  const made = make();
  Reflect.set(globalThis, key, made);
  return made;
}
