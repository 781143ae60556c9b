import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPatterns } from '#lib/persons/directory/search-patterns.ts';
import type { DirectoryReader } from '#lib/persons/people-index/directories.ts';
import { personIdIn } from '#lib/persons/directory/pasted.ts';
import { searchBoth } from '#lib/persons/people-index/search-both.ts';
import { MISSED, type TargetsFound } from '#lib/routes/list/list-filter.ts';
import { findChats } from '#lib/routes/list/names.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { matchWords } from '#lib/text/match-words.ts';

/** What a search in which nothing is looked for finds. */
export const NO_TARGETS: TargetsFound = { ids: [], missed: { chat: 'nothing', user: 'nothing' } };

/** What is known where nobody could be asked. */
export const TARGETS_UNREAD: TargetsFound = { ids: [], missed: { chat: 'failed', user: 'failed' } };

type Part = { ids: string[]; missed: TargetsFound['missed']['chat'] };

/** Chats and people Omni finds by a text, as ids: the list knows the names of the rows it has shown only. */
export async function findTargets(
  reader: DirectoryReader,
  scopes: readonly string[] | null,
  text: string,
  signal?: AbortSignal,
): Promise<TargetsFound> {
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const none: Part = { ids: [], missed: 'forbidden' };
  const [chats, people] = await Promise.all([
    may('chats:read') ? chatsBy(reader.omni, text, signal) : none,
    may('persons:read') ? peopleBy(reader, text, signal) : none,
  ]);
  return { ids: [...chats.ids, ...people.ids], missed: { chat: chats.missed, user: people.missed } };
}

/** Chats are searched as forgivingly as people: what only a pattern found must have every word in its name. */
async function chatsBy(omni: Omni, text: string, signal: AbortSignal | undefined): Promise<Part> {
  const { patterns, complete } = searchPatterns(text);
  const answers = await Promise.all(
    patterns.map(({ text: pattern, keep }) =>
      findChats(omni, pattern, ({ name }) => keep || matchWords(text, name ?? '') !== null, signal),
    ),
  );
  const all: Part['missed'][] = [complete ? 'nothing' : 'accents', ...answers.map(({ missed }) => missed)];
  return {
    ids: [...new Set(answers.flatMap(({ ids }) => ids))],
    missed: MISSED.findLast((one) => all.includes(one)) ?? 'nothing',
  };
}

/** The people that the list of people finds by the same text. */
async function peopleBy(reader: DirectoryReader, text: string, signal: AbortSignal | undefined): Promise<Part> {
  let last;
  for await (const progress of searchBoth(reader, text, signal ? { signal } : {})) last = progress;
  const { hits = [], incomplete = false, cut = false, lost = false, total = 0, error } = last ?? {};
  const ids = hits.map(({ id }) => id);
  if (error !== undefined || lost) return { ids, missed: 'failed' };
  if (cut || total > hits.length) return { ids, missed: 'limit' };
  // An id that nobody has is no name of anybody.
  return { ids, missed: incomplete && personIdIn(text) === null ? 'accents' : 'nothing' };
}
