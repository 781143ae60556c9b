'use client';

import { ndjson } from '#lib/text/ndjson.ts';
import { fold } from '#lib/text/fold.ts';
import type { PickerRows, PickerOption } from './picker.tsx';

type PersonLine = {
  rows: {
    id: string;
    name: string | null;
    phone: { stored: string; text: string | null } | null;
    email: string | null;
  }[];
  problem?: string;
};

/** People by name, phone or e-mail, as the directory finds them. */
export async function searchPeopleByName(text: string, signal: AbortSignal): Promise<PickerRows> {
  if (!text) return { rows: [] };
  const response = await fetch(`/api/lookup/persons?q=${encodeURIComponent(text)}`, { signal });
  if (!response.ok) return { rows: [], problem: 'unexpected' };
  let last: PersonLine = { rows: [] };
  for await (const line of ndjson<PersonLine>(response)) last = line;
  const rows = last.rows.slice(0, 20).map(({ id, name, phone, email }) => ({
    id,
    name: name ?? phone?.text ?? phone?.stored ?? id,
    detail: [phone?.text ?? phone?.stored, email].filter(Boolean).join(' · '),
  }));
  return { rows, ...(last.problem ? { problem: last.problem } : {}) };
}

/** Chats of an instance by name or external id; the latest ones when nothing is typed. */
export function searchChatsOf(instanceId: string): (text: string, signal: AbortSignal) => Promise<PickerRows> {
  return async (text, signal) => {
    const query = new URLSearchParams({ instance: instanceId, q: text });
    const response = await fetch(`/api/lookup/chats?${query}`, { signal });
    return response.ok ? ((await response.json()) as PickerRows) : { rows: [], problem: 'unexpected' };
  };
}

/** A list that is here already, by any part of its names. */
export function searchIn(options: readonly PickerOption[]): (text: string) => PickerRows {
  return (text) => ({
    rows: options.filter(({ name, detail }) => fold(`${name} ${detail ?? ''}`).includes(fold(text))).slice(0, 200),
  });
}
