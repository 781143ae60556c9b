import type { NobodyReason, Verdict } from './verdict.ts';

/** The verdict on an instance of a person. */
export type VerdictHere = { instance: { id: string; name: string }; verdict: Verdict };

/**
 * The verdicts of a person's instances in one. `none`: the person has no instance. `same`: all alike, said by the one sentence.
 * `blocked`: on these and not on all. `some`: how many of them answer, and of how many it can't be told.
 */
export type VerdictSummary =
  | { is: 'none' }
  | { is: 'same'; verdict: Verdict }
  | { is: 'blocked'; names: string[] }
  | { is: 'some'; answered: number; total: number; unknown: number };

/** Sums up the verdicts of a person's instances, several identities on one instance among them. */
export function summaryOf(all: readonly VerdictHere[]): VerdictSummary {
  const [first] = all;
  if (!first) return { is: 'none' };
  if (all.every(({ verdict }) => alike(verdict, first.verdict))) return { is: 'same', verdict: first.verdict };
  const blocked = blockedOn(all);
  if (blocked.length > 0) return { is: 'blocked', names: blocked };
  return countsOf(all);
}

/** On how many of a person's instances somebody answers, and on how many it can't be told. */
export function countsOf(all: readonly VerdictHere[]): Extract<VerdictSummary, { is: 'some' }> {
  const perInstance = [...Map.groupBy(all, ({ instance }) => instance.id).values()];
  const count = (is: Verdict['is']) =>
    perInstance.filter((own) => own.every(({ verdict }) => verdict.is === is)).length;
  const [answered, nobody] = [count('answers'), count('nobody')];
  return { is: 'some', answered, total: perInstance.length, unknown: perInstance.length - answered - nobody };
}

/** The names of the instances where access rules keep a person out, each once. */
export function blockedOn(all: readonly VerdictHere[]): string[] {
  return [
    ...new Set(
      all.flatMap(({ instance, verdict }) => (verdict.is === 'nobody' && isBlock(verdict.why) ? [instance.name] : [])),
    ),
  ];
}

/** Whether access control is why nobody answers. */
export function isBlock(why: NobodyReason): boolean {
  return why === 'blocked' || why === 'not-on-allowlist';
}

function alike(one: Verdict, other: Verdict): boolean {
  if (one.is === 'answers' && other.is === 'answers') return one.by.id === other.by.id;
  if (one.is === 'nobody' && other.is === 'nobody') return one.why === other.why;
  if (one.is !== 'unknown' || other.is !== 'unknown' || one.why !== other.why) return false;
  return one.why !== 'not-seen' || other.why !== 'not-seen' || one.part === other.part;
}
