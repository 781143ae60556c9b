'use client';

import { ask, askLines } from '#components/lookups/ask.ts';
import { shownPrefix } from '#lib/keys/list/shown-prefix.ts';
import { keySearchLookup } from '#lib/lookups/found.ts';
import { personsLookup, presenceLookup } from '#lib/lookups/people.ts';
import { chatsLookup } from '#lib/lookups/routes.ts';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import { firstFailed } from '#lib/omni/seen.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { fold } from '#lib/text/fold.ts';
import type { PickerOption, PickerRows, PickerSearch } from './option.ts';

const MOST = 20;

/**
 * People by name, phone, email or handle, as the directory finds them; the newest for an empty text. A hit's name may be one Omni
 * found on a channel (contract §3): the person's own follows with the presence. `without`: ids that can't be picked.
 */
export function searchPeopleWithout(without: readonly string[]): PickerSearch {
  return async function* search(text, signal) {
    let shown: PickerRows = { rows: [] };
    for await (const { rows, pending, incomplete, problem } of askLines(personsLookup, { q: text }, signal)) {
      const fitting = rows.filter(({ id }) => !without.includes(id));
      shown = {
        rows: fitting.slice(0, MOST).map(personOption),
        pending,
        more: fitting.length > MOST || (incomplete && !pending),
        ...(problem ? { problem } : {}),
      };
      yield shown;
    }
    if (shown.rows.length > 0) yield* withPresence(shown, Boolean(text), signal);
  };
}

export const searchPeopleByName = searchPeopleWithout([]);

/** What is known per person only: where they are blocked, and in a search their own names. */
async function* withPresence(shown: PickerRows, searched: boolean, signal: AbortSignal): AsyncGenerator<PickerRows> {
  const ids = shown.rows.map(({ id }) => id);
  const own = new Map<string, PresenceCell>();
  let blocksUnread = false;
  try {
    for await (const cell of askLines(presenceLookup, { ids }, signal)) if (!cell.failed) own.set(cell.id, cell);
  } catch (error) {
    if (signal.aborted) throw error;
    blocksUnread = true;
  }
  blocksUnread ||= firstFailed([...own.values()].map(({ blocked }) => blocked)) !== null;
  const rows = shown.rows.map((row) => {
    const { name = null, blocked } = own.get(row.id) ?? {};
    const seen = blocked?.is === 'value' ? { ...row, blocked: blocked.value } : row;
    return !searched || name === null || name === row.name ? seen : { ...seen, name, alias: row.name };
  });
  yield { ...shown, rows, blocksUnread };
}

function personOption({ id, name, phone, email }: PersonRow): PickerOption {
  const number = phone?.text ?? phone?.stored;
  const short = `${id.slice(0, 8)}…`;
  return {
    id,
    name: name ?? number ?? email ?? short,
    detail: [name ? number : null, name || number ? email : null].filter(Boolean).join(' · ') || short,
  };
}

/** Chats of an instance by name or external id; the latest ones when nothing is typed. */
export function searchChatsOf(instanceId: string): PickerSearch {
  return (text, signal) => ask(chatsLookup, { instance: instanceId, q: text }, signal);
}

/** Keys by name, prefix or id. */
export const searchKeys: PickerSearch = async (text, signal) => {
  const { rows, total, problem } = await ask(keySearchLookup, { q: text }, signal);
  return {
    rows: rows.map(({ id, name, prefix }) => ({ id, name, detail: shownPrefix(prefix) })),
    more: total > rows.length,
    ...(problem ? { problem } : {}),
  };
};

/** A list that is here already, by any part of its names or its id. */
export function searchIn(options: readonly PickerOption[]): PickerSearch {
  return (text) => ({
    rows: options
      .filter(({ id, name, detail }) => fold(`${name} ${detail ?? ''} ${id}`).includes(fold(text)))
      .slice(0, 200),
  });
}
