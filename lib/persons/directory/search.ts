import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPerson, searchPersons as searchOmni } from '#lib/omni/resources/persons.ts';
import { personIdIn } from './pasted.ts';
import { searchPatterns } from './search-patterns.ts';
import { rankHits, type MatchedBy, type Searchable } from './search-rank.ts';

/** Omni answers at most this many hits, without saying whether there were more (contract §1.6). */
export const OMNI_HITS = 100;

export type PersonHit = Searchable & { createdAt: string; matchedBy: MatchedBy };

/**
 * The state of a search after some of its calls answered. `cut`: a call came back full, or failed while another answered, which is
 * `lost`. `incomplete`: that, or a letter that may carry an accent was searched as it is. `error`: no call answered at all.
 */
export type SearchProgress = {
  hits: PersonHit[];
  pending: number;
  incomplete: boolean;
  cut?: boolean;
  lost?: boolean;
  error?: OmniError;
};

/** `signal` ends the calls at Omni too. `today`: the person that a pasted id leads to where Omni has no person of that id. */
export type SearchOptions = { signal?: AbortSignal; today?: (id: string) => Promise<string | null> };

/**
 * Searches people forgivingly: at most three calls at once, each answer ranked in as it comes; a pasted id is asked for instead. Yields
 * once per answer; the last one has `pending: 0`.
 */
export async function* searchPeople(
  omni: Omni,
  query: string,
  { signal, today }: SearchOptions = {},
): AsyncGenerator<SearchProgress> {
  const id = personIdIn(query);
  if (id) return yield await searchId(omni, id, { signal, today });
  const { patterns, complete } = searchPatterns(query);
  const answers = new Map<number, { keep: boolean; hits: Omit<PersonHit, 'matchedBy'>[] }>();
  const waiting = new Map(
    patterns.map((pattern, index) => [
      index,
      searchOmni(omni, { search: pattern.text, limit: OMNI_HITS }, signal).then((result) => ({
        index,
        pattern,
        result,
      })),
    ]),
  );
  let cut = false;
  let error: OmniError | undefined;
  if (waiting.size === 0) yield { hits: [], pending: 0, incomplete: false };
  while (waiting.size > 0) {
    const { index, pattern, result } = await Promise.race(waiting.values());
    waiting.delete(index);
    if (result.ok) {
      cut ||= result.value.items.length >= OMNI_HITS;
      answers.set(index, { keep: pattern.keep, hits: result.value.items });
    } else error = result.error;
    const inOrder = patterns.flatMap((_, at) => answers.get(at) ?? []);
    const failed = error !== undefined && answers.size === 0 && waiting.size === 0;
    const lost = error !== undefined && !failed;
    const short = cut || lost;
    yield {
      hits: rankHits(query, inOrder),
      pending: waiting.size,
      incomplete: short || !complete,
      cut: short,
      ...(lost ? { lost } : {}),
      ...(failed ? { error } : {}),
    };
  }
}

/** The person of an id, or whom that id leads to. Omni can't be asked who holds an identity (contract §3), so nobody is no proof. */
async function searchId(omni: Omni, id: string, { signal, today }: SearchOptions): Promise<SearchProgress> {
  const own = await getPerson(omni, id, signal);
  if (own.ok) return { hits: [{ ...own.value, matchedBy: 'id' }], pending: 0, incomplete: false };
  if (own.error.kind !== 'not_found') return { hits: [], pending: 0, incomplete: false, error: own.error };
  const other = await today?.(id);
  if (!other) return { hits: [], pending: 0, incomplete: true };
  const person = await getPerson(omni, other, signal);
  if (person.ok) return { hits: [{ ...person.value, matchedBy: 'old-id' }], pending: 0, incomplete: false };
  return {
    hits: [],
    pending: 0,
    incomplete: true,
    ...(person.error.kind === 'not_found' ? {} : { error: person.error }),
  };
}
