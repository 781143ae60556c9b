'use client';

import { ask, askLines, LookupFailed } from '#components/lookups/ask.ts';
import { personsLookup, type PeopleAnswer } from '#lib/lookups/people.ts';
import { chatsLookup } from '#lib/lookups/routes.ts';
import { fold } from '#lib/text/fold.ts';
import type { PickerRows, PickerOption } from './picker.tsx';

/** People by name, phone or e-mail, as the directory finds them. */
export async function searchPeopleByName(text: string, signal: AbortSignal): Promise<PickerRows> {
  if (!text) return { rows: [] };
  try {
    let last: PeopleAnswer | undefined;
    for await (const line of askLines(personsLookup, { q: text }, signal)) last = line;
    const rows = (last?.rows ?? []).slice(0, 20).map(({ id, name, phone, email }) => ({
      id,
      name: name ?? phone?.text ?? phone?.stored ?? id,
      detail: [phone?.text ?? phone?.stored, email].filter(Boolean).join(' · '),
    }));
    return { rows, ...(last?.problem ? { problem: last.problem } : {}) };
  } catch (error) {
    return noRows(error);
  }
}

/** Chats of an instance by name or external id; the latest ones when nothing is typed. */
export function searchChatsOf(instanceId: string): (text: string, signal: AbortSignal) => Promise<PickerRows> {
  return (text, signal) => ask(chatsLookup, { instance: instanceId, q: text }, signal).catch(noRows);
}

/** Why nothing could be found; what was aborted is told to nobody. */
function noRows(error: unknown): PickerRows {
  if (!(error instanceof LookupFailed) || error.problem === 'console_unreachable') throw error;
  return { rows: [], problem: error.problem };
}

/** A list that is here already, by any part of its names. */
export function searchIn(options: readonly PickerOption[]): (text: string) => PickerRows {
  return (text) => ({
    rows: options.filter(({ name, detail }) => fold(`${name} ${detail ?? ''}`).includes(fold(text))).slice(0, 200),
  });
}
