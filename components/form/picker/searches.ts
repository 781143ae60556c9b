'use client';

import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { KeysFound } from '#lib/keys/list/find.ts';
import type { PresenceCell } from '#lib/persons/directory/presence-cell.ts';
import type { PersonRow } from '#lib/persons/directory/row.ts';
import { ndjson } from '#lib/text/ndjson.ts';
import { fold } from '#lib/text/fold.ts';
import type { PickerOption, PickerRows, PickerSearch } from './option.ts';

const MOST = 20;
const FAILED: PickerRows = { rows: [], problem: 'unexpected' };

/** Asks the console; every search of a picker goes through here. Null where it refused. */
async function ask(path: string, query: Record<string, string>, signal: AbortSignal): Promise<Response | null> {
  const response = await consoleFetch(`${path}?${new URLSearchParams(query)}`, { signal });
  return response.ok ? response : null;
}

type PeopleLine = { rows: PersonRow[]; pending?: boolean; problem?: string };

/**
 * People by name, phone, email or handle, as the directory finds them; the newest for an empty text. A hit's name may be one Omni
 * found on a channel (contract §3): the person's own follows with the presence. `without`: ids that can't be picked.
 */
export function searchPeopleWithout(without: readonly string[]): PickerSearch {
  return async function* search(text, signal) {
    const answer = await ask('/api/lookup/persons', { q: text }, signal);
    if (!answer) return yield FAILED;
    let shown: PickerRows = { rows: [] };
    for await (const { rows, pending = false, problem } of ndjson<PeopleLine>(answer)) {
      const fitting = rows.filter(({ id }) => !without.includes(id));
      shown = {
        rows: fitting.slice(0, MOST).map(personOption),
        pending,
        more: fitting.length > MOST,
        ...(problem ? { problem } : {}),
      };
      yield shown;
    }
    if (text && shown.rows.length > 0) yield* withOwnNames(shown, signal);
  };
}

export const searchPeopleByName = searchPeopleWithout([]);

async function* withOwnNames(shown: PickerRows, signal: AbortSignal): AsyncGenerator<PickerRows> {
  const ids = shown.rows.map(({ id }) => id).join(',');
  const answer = await ask('/api/lookup/presence', { ids }, signal);
  if (!answer) return;
  const own = new Map<string, string>();
  for await (const { id, name, failed } of ndjson<PresenceCell & { failed?: true }>(answer))
    if (!failed && name) own.set(id, name);
  const rows = shown.rows.map((row) => {
    const name = own.get(row.id);
    return name === undefined || name === row.name ? row : { ...row, name, alias: row.name };
  });
  yield { ...shown, rows };
}

function personOption({ id, name, phone, email }: PersonRow): PickerOption {
  const number = phone?.text ?? phone?.stored;
  return {
    id,
    name: name ?? number ?? email ?? id,
    detail: [name ? number : null, email].filter(Boolean).join(' · '),
  };
}

/** Chats of an instance by name or external id; the latest ones when nothing is typed. */
export function searchChatsOf(instanceId: string): PickerSearch {
  return async (text, signal) => {
    const answer = await ask('/api/lookup/chats', { instance: instanceId, q: text }, signal);
    return answer ? ((await answer.json()) as PickerRows) : FAILED;
  };
}

/** Keys by name, prefix or id. */
export const searchKeys: PickerSearch = async (text, signal) => {
  const answer = await ask('/api/lookup/key-search', { q: text }, signal);
  if (!answer) return FAILED;
  const { rows, total, problem } = (await answer.json()) as KeysFound;
  return {
    rows: rows.map(({ id, name, prefix }) => ({ id, name, detail: `${prefix}…` })),
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
