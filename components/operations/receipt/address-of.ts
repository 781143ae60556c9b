import type { Route } from 'next';

/** The page of a thing (`person`, `key`, `route` by its instance and id: `<instance>/<route>`); null where it has none of its own. */
export function addressOf(kind: string | undefined, id: string | undefined): Route | null {
  if (kind === 'route' && id?.includes('/')) return `/routes/${id}` as Route;
  if (kind === 'person') return `/persons/${id}` as Route;
  return kind === 'key' ? (`/keys/${id}` as Route) : null;
}
