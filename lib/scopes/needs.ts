import { allows } from './scopes.ts';

type Right = 'persons:read' | 'persons:write' | 'routes:read' | 'routes:write' | 'keys:read' | 'keys:write';

/**
 * The rights without which a page is of no use, by its place among the console's pages: the one asked for first stands first.
 * Pages that are not named here are for every key. It keeps nobody from anything, since Omni does that: it tells before
 * Omni is asked.
 */
export const PAGE_NEEDS = {
  '/persons': ['persons:read'],
  '/persons/[id]': ['persons:read'],
  '/persons/link': ['persons:write', 'persons:read'],
  '/persons/merge': ['persons:write', 'persons:read'],
  '/persons/merge-many': ['persons:write', 'persons:read'],
  '/persons/unlink': ['persons:write', 'persons:read'],
  '/routes': ['routes:read'],
  '/routes/[instance]/[route]': ['routes:read'],
  '/routes/delete': ['routes:write', 'routes:read'],
  '/routes/health': ['routes:read'],
  '/routes/new': ['routes:write', 'routes:read'],
  '/routes/test': ['routes:read'],
  '/routes/tests': ['routes:read'],
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
} as const satisfies Record<string, readonly Right[]>;

export type NeedyPage = keyof typeof PAGE_NEEDS;

/** The first right a page needs and these scopes certainly do not hold; null where Omni is to be asked. */
export function lackedRight(page: NeedyPage, scopes: readonly string[] | null): Right | null {
  return PAGE_NEEDS[page].find((right) => allows(scopes, right) === 'no') ?? null;
}

const PATTERNS = (Object.keys(PAGE_NEEDS) as NeedyPage[])
  .toSorted((one, other) => variables(one) - variables(other))
  .map((page) => ({ page, pattern: new RegExp(`^${page.replaceAll(/\[\w+\]/g, '[^/]+')}$`) }));

/** The page of an address's path; null for one that every key may see. */
export function needyPageAt(path: string): NeedyPage | null {
  return PATTERNS.find(({ pattern }) => pattern.test(path))?.page ?? null;
}

function variables(page: string): number {
  return page.split('[').length - 1;
}
