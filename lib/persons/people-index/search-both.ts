import 'server-only';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  OMNI_HITS,
  searchPeople,
  type PersonHit,
  type SearchOptions,
  type SearchProgress,
} from '#lib/persons/directory/search.ts';
import { personIdIn } from '#lib/persons/directory/pasted.ts';
import { knownDirectory, openDirectory, type KnownDirectory } from './directory.ts';
import type { DirectoryReader } from './directories.ts';
import { fieldsOf, findIndexed } from './find.ts';

/** The first hits are few, so that they are drawn at once. */
const FIRST = 30;

/** `total`: how many there are of all hits, where the directory is whole. */
export type SearchedBoth = SearchProgress & { total?: number };

/**
 * Searches the directory at hand, and then Omni, which also searches handles and chats. What stands in the list keeps its place: hits
 * that only Omni has come behind those at hand, once the directory is whole. `restMs`: Omni is asked after so long, since somebody
 * types. An Omni that fails leaves the hits at hand, with the error.
 */
export async function* searchBoth(
  reader: DirectoryReader,
  query: string,
  { restMs = 0, ...options }: SearchOptions & { restMs?: number },
): AsyncGenerator<SearchedBoth> {
  if (personIdIn(query)) return yield* searchPeople(reader.omni, query, options);
  const rested = sleep(restMs, null, { signal: options.signal }).catch(() => null);
  const opening = openDirectory(reader).then((answer) => (answer.ok ? answer.value : null));
  const early = await Promise.race([opening, rested]);
  if (early && early.people.size > 0) {
    const { hits, total } = findIndexed(early.people, query, FIRST);
    yield { hits, pending: 1, incomplete: false, ...(early.state.whole ? { total } : {}) };
  }
  await rested;
  if (options.signal?.aborted) return;
  const omni = searchPeople(reader.omni, query, options);
  // What is at hand is asked for each time: an answer that refuses the key takes it away.
  for await (const progress of omni) yield withDirectory(progress, query, knownDirectory(reader));
}

/** Omni's answers together with the hits at hand. A hit at hand is told by its own fields: Omni may answer an alias as its name. */
function withDirectory(progress: SearchProgress, query: string, directory: KnownDirectory | null): SearchedBoth {
  if (!directory || directory.people.size === 0) return progress;
  const { people, state } = directory;
  const { hits, total } = findIndexed(people, query, OMNI_HITS);
  const matched = new Set(hits.map(({ id }) => id));
  const others = progress.hits.filter(({ id }) => !matched.has(id)).map((hit) => ownFields(hit, people));
  const { error, ...rest } = progress;
  return {
    ...rest,
    // Of a whole directory no name is missed for its accents.
    incomplete: (state.whole ? progress.cut : progress.incomplete) ?? progress.incomplete,
    hits: state.whole ? [...hits, ...others] : merged(progress.hits, hits, people),
    ...(state.whole && progress.pending === 0 ? { total: Math.max(total, hits.length + others.length) } : {}),
    ...(state.whole && progress.pending > 0 ? { total } : {}),
    ...(error ? { error } : {}),
  };
}

/** While the directory is not whole, Omni's order leads. */
function merged(omni: readonly PersonHit[], hits: readonly PersonHit[], people: KnownDirectory['people']): PersonHit[] {
  const known = new Set(omni.map(({ id }) => id));
  return [...omni.map((hit) => ownFields(hit, people)), ...hits.filter(({ id }) => !known.has(id))];
}

function ownFields(hit: PersonHit, people: KnownDirectory['people']): PersonHit {
  const own = people.get(hit.id);
  return own ? { ...fieldsOf(own), matchedBy: hit.matchedBy } : hit;
}
