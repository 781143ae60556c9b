/** Whether a key has a permission. `unknown`: Omni decides. */
export type Allowed = 'yes' | 'no' | 'unknown';

/**
 * Whether scopes hold a scope: itself, `namespace:*` or `*`, as Omni matches (contract §1.3). `null` scopes are unknown ones.
 */
export function allows(scopes: readonly string[] | null, wanted: string): Allowed {
  if (scopes === null) return 'unknown';
  const namespace = wanted.slice(0, wanted.indexOf(':') + 1);
  const held = scopes.some(
    (scope) => scope === '*' || scope === wanted || (namespace !== '' && scope === `${namespace}*`),
  );
  return held ? 'yes' : 'no';
}
