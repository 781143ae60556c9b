import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPatterns } from '#lib/persons/directory/search-patterns.ts';
import type { DirectoryReader } from '#lib/persons/people-index/directories.ts';
import { searchBoth } from '#lib/persons/people-index/search-both.ts';
import { findChats } from '#lib/routes/list/names.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { matchWords } from '#lib/text/match-words.ts';

/** Chats and people Omni finds by a text, as ids: the list knows the names of the rows it has shown only. */
export async function findTargets(
  reader: DirectoryReader,
  scopes: readonly string[] | null,
  text: string,
  signal?: AbortSignal,
): Promise<{ ids: string[]; incomplete: boolean }> {
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const [chats, people] = await Promise.all([
    may('chats:read') ? chatsBy(reader.omni, text, signal) : { ids: [], incomplete: false },
    may('persons:read') ? peopleBy(reader, text, signal) : { ids: [], incomplete: false },
  ]);
  return { ids: [...chats.ids, ...people.ids], incomplete: chats.incomplete || people.incomplete };
}

/** Chats are searched as forgivingly as people: what only a pattern found must have every word in its name. */
async function chatsBy(omni: Omni, text: string, signal: AbortSignal | undefined) {
  const answers = await Promise.all(
    searchPatterns(text).patterns.map(({ text: pattern, keep }) =>
      findChats(omni, pattern, ({ name }) => keep || matchWords(text, name ?? '') !== null, signal),
    ),
  );
  return {
    ids: [...new Set(answers.flatMap(({ ids }) => ids))],
    incomplete: answers.some(({ incomplete }) => incomplete),
  };
}

/** The people that the list of people finds by the same text. */
async function peopleBy(reader: DirectoryReader, text: string, signal: AbortSignal | undefined) {
  let last;
  for await (const progress of searchBoth(reader, text, signal ? { signal } : {})) last = progress;
  const { hits = [], incomplete = false, total = 0, error } = last ?? {};
  return { ids: hits.map(({ id }) => id), incomplete: incomplete || error !== undefined || total > hits.length };
}
