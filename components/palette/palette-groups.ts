import type { Does } from './actions/actions.ts';
import type { MissingScope } from '#components/ui/locked/locked.ts';
import type { PaletteItem, ItemKind } from './palette-item.ts';

/** `again` searches a source once more; `copy` is a text for the clipboard. */
export type Chosen = Does | { again: ItemKind } | { copy: string };

/** One line of the palette. `locked`: why it cannot be chosen; the choice then asks for the permission. `of`: the item whose actions it offers. `keys`: its shortcut. `person`: whose line it is. */
export type PaletteChoice = {
  id: string;
  icon: string;
  label: string;
  detail?: string | undefined;
  locked?: MissingScope | undefined;
  does: Chosen;
  of?: PaletteItem | undefined;
  keys?: string | undefined;
  person?: string | undefined;
};

/** Lines under a heading. `pending`: more may come. `total`: how many fit, where more do than are shown. `partial`: it may miss some. */
export type PaletteGroup = {
  id: string;
  title: string;
  choices: PaletteChoice[];
  pending?: boolean | undefined;
  total?: number | undefined;
  partial?: boolean | undefined;
  note?: string | undefined;
};

/**
 * The line that Enter runs when no line was chosen by arrow: the first, but none below a group that is still searching, so
 * that a late result never takes the place of the line somebody meant.
 */
export function firstChoice(groups: readonly PaletteGroup[]): string | null {
  for (const { choices, pending } of groups) {
    const first = choices.find(({ does }) => !('again' in does));
    if (first) return first.id;
    if (pending) return null;
  }
  return groups.flatMap(({ choices }) => choices)[0]?.id ?? null;
}

/** The line a key leads to from another, around the ends; null when there is none. */
export function step(groups: readonly PaletteGroup[], from: string | null, key: string): string | null {
  const all = groups.flatMap(({ choices }) => choices.map(({ id }) => id));
  const at = from === null ? -1 : all.indexOf(from);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
  return to === undefined ? from : (all.at(to % Math.max(1, all.length)) ?? null);
}

/** How many lines fit what was typed, those that are not shown included; null where that can't be told. */
export function countOf(groups: readonly PaletteGroup[]): number | null {
  if (groups.some(({ partial }) => partial)) return null;
  return groups.reduce((sum, { total, choices }) => sum + (total ?? choices.length), 0);
}
