import type { PaletteItem } from '#components/palette/palette-item.ts';

export const MOST_RECENT = 8;

/** Where recent items are kept, per key: ids in the browser, names in this tab only. */
type RecentStorage = { browser: Pick<Storage, 'getItem' | 'setItem'>; tab: Pick<Storage, 'getItem' | 'setItem'> };

/** The recently opened items, newest first. An item that this tab has not shown has no name. */
export function recall(actor: string, storage: RecentStorage = browserStorage()): PaletteItem[] {
  const named = new Map(read(storage.tab, actor).map((item) => [item.id, item]));
  return read(storage.browser, actor).map((item) => named.get(item.id) ?? { ...item, name: null });
}

/** Puts an item first. */
export function visit(actor: string, item: PaletteItem, storage: RecentStorage = browserStorage()): void {
  const others = recall(actor, storage).filter(({ id }) => id !== item.id);
  keep(actor, [item, ...others].slice(0, MOST_RECENT), storage);
}

/** Keeps names for items that were recalled without one. */
export function learn(
  actor: string,
  named: readonly PaletteItem[],
  storage: RecentStorage = browserStorage(),
): PaletteItem[] {
  const byId = new Map(named.map((item) => [item.id, item]));
  const all = recall(actor, storage).map((item) => (item.name === null ? (byId.get(item.id) ?? item) : item));
  keep(actor, all, storage);
  return all;
}

function keep(actor: string, items: readonly PaletteItem[], { browser, tab }: RecentStorage): void {
  write(
    browser,
    actor,
    items.map((item) => (item.kind === 'route' ? bare(item, { instanceId: item.instanceId }) : bare(item))),
  );
  write(
    tab,
    actor,
    items.filter(({ name }) => name !== null),
  );
}

const bare = ({ kind, id }: PaletteItem, more: object = {}) => ({ kind, id, ...more });

const NOWHERE = { getItem: () => null, setItem: () => undefined };

/** A browser may forbid its storage; then reading the property throws. */
function browserStorage(): RecentStorage {
  try {
    return { browser: localStorage, tab: sessionStorage };
  } catch {
    return { browser: NOWHERE, tab: NOWHERE };
  }
}

const nameOf = (actor: string) => `recent ${actor}`;

function read(storage: RecentStorage['tab'], actor: string): PaletteItem[] {
  try {
    const all: unknown = JSON.parse(storage.getItem(nameOf(actor)) ?? '[]');
    return Array.isArray(all) ? all.filter(isItem).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

function write(storage: RecentStorage['tab'], actor: string, value: unknown): void {
  try {
    storage.setItem(nameOf(actor), JSON.stringify(value));
  } catch {
    // A browser that forbids storage has no recent items.
  }
}

function isItem(value: unknown): value is PaletteItem {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
  if (!('kind' in value)) return false;
  if (value.kind === 'route') return 'instanceId' in value && typeof value.instanceId === 'string';
  return value.kind === 'person' || value.kind === 'key';
}
