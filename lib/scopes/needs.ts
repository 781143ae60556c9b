import { allows } from './scopes.ts';

type NeededScope =
  | 'access:read'
  | 'audit:read'
  | 'instances:read'
  | 'persons:read'
  | 'persons:write'
  | 'routes:read'
  | 'routes:write'
  | 'keys:read'
  | 'keys:write';

/**
 * The scopes a page can't do without, by its address among the console's pages; the first one missing is named. Pages that
 * are not listed are for every key. The table guards nothing, Omni does: it names what is missing before Omni is asked.
 */
export const PAGE_NEEDS = {
  '/persons': ['persons:read'],
  '/persons/[id]': ['persons:read'],
  '/persons/access-rules': ['access:read', 'instances:read'],
  '/persons/duplicates': ['persons:read'],
  '/persons/link': ['persons:write', 'persons:read'],
  '/persons/merge': ['persons:write', 'persons:read'],
  '/persons/merge-many': ['persons:write', 'persons:read'],
  '/persons/unlink': ['persons:write', 'persons:read'],
  '/routes': ['routes:read'],
  '/routes/[instance]/[route]': ['routes:read'],
  '/routes/coverage': ['routes:read', 'instances:read'],
  '/routes/delete': ['routes:write', 'routes:read'],
  '/routes/health': ['routes:read'],
  '/routes/new': ['routes:write', 'routes:read'],
  '/routes/test': ['routes:read'],
  '/routes/tests': ['routes:read'],
  '/activity/omni/[id]': ['audit:read'],
  '/keys': ['keys:read'],
  '/keys/[id]': ['keys:read'],
  '/keys/[id]/audit': ['keys:read'],
  '/keys/[id]/delete': ['keys:read', 'keys:write'],
  '/keys/[id]/edit': ['keys:read', 'keys:write'],
  '/keys/[id]/leaked': ['keys:read', 'keys:write'],
  '/keys/[id]/revoke': ['keys:read', 'keys:write'],
  '/keys/new': ['keys:write'],
  '/keys/rotate': ['keys:write', 'keys:read'],
  '/keys/rotate/[rotation]': ['keys:read'],
} as const satisfies Record<string, readonly NeededScope[]>;

export type ScopedPage = keyof typeof PAGE_NEEDS;

/** The first scope a page needs that these scopes certainly don't hold; null where Omni is to be asked. */
export function missingScope(page: ScopedPage, scopes: readonly string[] | null): NeededScope | null {
  return PAGE_NEEDS[page].find((scope) => allows(scopes, scope) === 'no') ?? null;
}

const PATTERNS = (Object.keys(PAGE_NEEDS) as ScopedPage[])
  .toSorted((one, other) => variables(one) - variables(other))
  .map((page) => ({ page, pattern: new RegExp(`^${page.replaceAll(/\[\w+\]/g, '[^/]+')}$`) }));

/** The page of an address's path; null for one that is for every key. */
export function scopedPageAt(path: string): ScopedPage | null {
  return PATTERNS.find(({ pattern }) => pattern.test(path))?.page ?? null;
}

function variables(page: string): number {
  return page.split('[').length - 1;
}
