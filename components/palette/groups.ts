import type { Does } from './actions/actions.ts';
import type { Hit, Kind } from './hit.ts';

/** `again` asks a source once more; `copy` is a text for the clipboard. */
export type Chosen = Does | { again: Kind } | { copy: string };

/** One line of the palette. `locked`: why it cannot be chosen. `of`: what has actions of its own. `keys`: its shortcut. */
export type Choice = {
  id: string;
  icon: string;
  label: string;
  detail?: string | undefined;
  locked?: string | undefined;
  does: Chosen;
  of?: Hit | undefined;
  keys?: string | undefined;
};

/** Lines under a heading. `pending`: more may come. */
export type Group = {
  id: string;
  title: string;
  choices: Choice[];
  pending?: boolean | undefined;
  note?: string | undefined;
};

/**
 * Which line Enter means when nobody moved to one: the first, but none under a heading whose predecessors are still
 * looking, so that what comes late never takes the place of what was meant.
 */
export function firstChoice(groups: readonly Group[]): string | null {
  for (const { choices, pending } of groups) {
    const first = choices.find(({ does }) => !('again' in does));
    if (first) return first.id;
    if (pending) return null;
  }
  return groups.flatMap(({ choices }) => choices)[0]?.id ?? null;
}

/** The line a key leads to from another, around the ends; null when there is none. */
export function step(groups: readonly Group[], from: string | null, key: string): string | null {
  const all = groups.flatMap(({ choices }) => choices.map(({ id }) => id));
  const at = from === null ? -1 : all.indexOf(from);
  const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[key];
  return to === undefined ? from : (all.at(to % Math.max(1, all.length)) ?? null);
}
