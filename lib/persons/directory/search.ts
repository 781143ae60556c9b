import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { searchPersons as searchOmni } from '#lib/omni/resources/persons.ts';
import { searchPatterns } from './search-patterns.ts';
import { rankHits, type MatchedBy, type Searchable } from './search-rank.ts';

/** Omni answers at most this many hits, without saying whether there were more (contract §1.6). */
export const OMNI_HITS = 100;

export type PersonHit = Searchable & { createdAt: string; matchedBy: MatchedBy };

/**
 * The state of a search after some of its calls answered. `incomplete`: a call came back full, or failed while another
 * answered. `error`: no call answered at all.
 */
export type SearchProgress = { hits: PersonHit[]; pending: number; incomplete: boolean; error?: OmniError };

/**
 * Searches people forgivingly: at most three calls at once, each answer ranked in as it comes. `signal` ends them at Omni
 * too. Yields once per answer; the last one has `pending: 0`.
 */
export async function* searchPeople(omni: Omni, query: string, signal?: AbortSignal): AsyncGenerator<SearchProgress> {
  const patterns = searchPatterns(query);
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
  let incomplete = false;
  let error: OmniError | undefined;
  if (waiting.size === 0) yield { hits: [], pending: 0, incomplete: false };
  while (waiting.size > 0) {
    const { index, pattern, result } = await Promise.race(waiting.values());
    waiting.delete(index);
    if (result.ok) {
      incomplete ||= result.value.items.length >= OMNI_HITS;
      answers.set(index, { keep: pattern.keep, hits: result.value.items });
    } else error = result.error;
    const inOrder = patterns.flatMap((_, at) => answers.get(at) ?? []);
    const failed = error !== undefined && answers.size === 0 && waiting.size === 0;
    yield {
      hits: rankHits(query, inOrder),
      pending: waiting.size,
      incomplete: incomplete || (error !== undefined && !failed),
      ...(failed ? { error } : {}),
    };
  }
}
