import type { Hit } from '#components/palette/hit.ts';

export const MOST_RECENT = 8;

/** Where it is kept: ids in the browser, names in this tab only, each under whose key it was. */
type Place = { browser: Pick<Storage, 'getItem' | 'setItem'>; tab: Pick<Storage, 'getItem' | 'setItem'> };

/** What was opened lately, the latest first. A hit this tab has not seen has no name. */
export function recall(actor: string, place: Place = here()): Hit[] {
  const seen = new Map(read(place.tab, actor).map((hit) => [hit.id, hit]));
  return read(place.browser, actor).map((hit) => seen.get(hit.id) ?? { ...hit, name: null });
}

/** Puts a hit first. */
export function visit(actor: string, hit: Hit, place: Place = here()): void {
  const others = recall(actor, place).filter(({ id }) => id !== hit.id);
  keep(actor, [hit, ...others].slice(0, MOST_RECENT), place);
}

/** Keeps names for what was recalled without. */
export function learn(actor: string, named: readonly Hit[], place: Place = here()): Hit[] {
  const byId = new Map(named.map((hit) => [hit.id, hit]));
  const all = recall(actor, place).map((hit) => (hit.name === null ? (byId.get(hit.id) ?? hit) : hit));
  keep(actor, all, place);
  return all;
}

function keep(actor: string, hits: readonly Hit[], { browser, tab }: Place): void {
  write(
    browser,
    actor,
    hits.map((hit) => (hit.kind === 'route' ? bare(hit, { instanceId: hit.instanceId }) : bare(hit))),
  );
  write(
    tab,
    actor,
    hits.filter(({ name }) => name !== null),
  );
}

const bare = ({ kind, id }: Hit, more: object = {}) => ({ kind, id, ...more });

const NOWHERE = { getItem: () => null, setItem: () => undefined };

/** A browser may forbid its storage, and then even to look at it throws. */
function here(): Place {
  try {
    return { browser: localStorage, tab: sessionStorage };
  } catch {
    return { browser: NOWHERE, tab: NOWHERE };
  }
}

const nameOf = (actor: string) => `recent ${actor}`;

function read(storage: Place['tab'], actor: string): Hit[] {
  try {
    const all: unknown = JSON.parse(storage.getItem(nameOf(actor)) ?? '[]');
    return Array.isArray(all) ? all.filter(isHit).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

function write(storage: Place['tab'], actor: string, value: unknown): void {
  try {
    storage.setItem(nameOf(actor), JSON.stringify(value));
  } catch {
    // A browser that keeps nothing has no recent things.
  }
}

function isHit(value: unknown): value is Hit {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
  if (!('kind' in value)) return false;
  if (value.kind === 'route') return 'instanceId' in value && typeof value.instanceId === 'string';
  return value.kind === 'person' || value.kind === 'key';
}
