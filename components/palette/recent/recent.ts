import type { PaletteItem } from '#components/palette/palette-item.ts';
import { recentKey } from '#components/shell/drafts/draft-storage.ts';

export const MOST_RECENT = 8;

type RecentStorage = Pick<Storage, 'getItem' | 'setItem'>;

/** The records opened last in this tab, newest first. */
export function recall(actor: string, storage: RecentStorage = tabStorage()): PaletteItem[] {
  try {
    const all: unknown = JSON.parse(storage.getItem(recentKey(actor)) ?? '[]');
    return Array.isArray(all) ? all.filter(isItem).slice(0, MOST_RECENT) : [];
  } catch {
    return [];
  }
}

/** Puts an item first. */
export function visit(actor: string, item: PaletteItem, storage: RecentStorage = tabStorage()): void {
  const others = recall(actor, storage).filter(({ id }) => id !== item.id);
  try {
    storage.setItem(recentKey(actor), JSON.stringify([item, ...others].slice(0, MOST_RECENT)));
  } catch {
    // A browser that forbids storage has no recent items.
  }
}

/** A browser may forbid its storage; then reading the property throws. */
function tabStorage(): RecentStorage {
  try {
    return sessionStorage;
  } catch {
    return { getItem: () => null, setItem: () => undefined };
  }
}

function isItem(value: unknown): value is PaletteItem {
  if (typeof value !== 'object' || value === null || !('id' in value) || typeof value.id !== 'string') return false;
  if (!('kind' in value)) return false;
  if (value.kind === 'route') return 'instanceId' in value && typeof value.instanceId === 'string';
  return value.kind === 'person' || value.kind === 'key';
}
