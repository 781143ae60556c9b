import { seenOr } from '#lib/omni/seen.ts';
import { partReasons, type VerdictFacts } from './verdict.ts';

/** How long Omni answers from its access cache; a rule that expires does not clear it (access contract §6.4, Q2). */
const CACHED_MS = 300_000;

/**
 * How long ago the newest rule expired that let somebody in or kept them out until then, in milliseconds; null where none did within
 * the life of Omni's access cache. Omni may still answer as if it were there.
 */
export function ruleEndedAgo(facts: VerdictFacts): number | null {
  const { writer } = facts;
  if (writer === null) return null;
  const { now } = writer;
  const accessAt = (moment: number) => {
    const { access } = partReasons({ ...facts, writer: { ...writer, now: moment } });
    return access === null || access === 'no-writer' ? null : access.why;
  };
  const ends = seenOr(writer.rules, [])
    .flatMap(({ expiresAt }) => (expiresAt === null ? [] : [Date.parse(expiresAt)]))
    .filter((at) => at <= now && at > now - CACHED_MS)
    .toSorted((one, other) => other - one);
  const end = ends.find((at) => accessAt(at - 1) !== accessAt(now));
  return end === undefined ? null : now - end;
}
