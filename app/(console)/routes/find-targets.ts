import 'server-only';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPatterns } from '#lib/persons/directory/search-patterns.ts';
import { searchPeople } from '#lib/persons/directory/search.ts';
import { findChats } from '#lib/routes/list/names.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { matchWords } from '#lib/text/match-words.ts';

/** Chats and people Omni finds by a text, as ids: the list knows the names of the rows it has shown only. */
export async function findTargets(
  omni: Omni,
  scopes: readonly string[] | null,
  text: string,
  signal?: AbortSignal,
): Promise<{ ids: string[]; incomplete: boolean }> {
  const may = (scope: string) => allows(scopes, scope) !== 'no';
  const [chats, people] = await Promise.all([
    may('chats:read') ? chatsBy(omni, text, signal) : { ids: [], incomplete: false },
    may('persons:read') ? peopleBy(omni, text, signal) : { ids: [], incomplete: false },
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

async function peopleBy(omni: Omni, text: string, signal: AbortSignal | undefined) {
  let last;
  for await (const progress of searchPeople(omni, text, signal ? { signal } : {})) last = progress;
  return {
    ids: last?.hits.map(({ id }) => id) ?? [],
    incomplete: last ? last.incomplete || last.error !== undefined : false,
  };
}
