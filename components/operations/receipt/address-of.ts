import type { Route } from 'next';

/** The page of a thing (`person`, `key`); null where it has none of its own. */
export function addressOf(kind: string | undefined, id: string | undefined): Route | null {
  if (kind === 'person') return `/persons/${id}` as Route;
  return kind === 'key' ? (`/keys/${id}` as Route) : null;
}
