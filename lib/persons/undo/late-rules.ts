import { z } from 'zod';
import { accessRule, type AccessRule } from '#lib/omni/schemas/access.ts';
import { seenOr } from '#lib/omni/seen.ts';
import type { StepContext } from '#lib/operations/plan/define.ts';
import { ruleChoices } from '#lib/persons/merge/merge-choices.ts';
import type { MergeFacts, MergeInput } from '#lib/persons/merge/merge-facts.ts';

type Context = StepContext<MergeInput, MergeFacts>;
type Results = Context['results'];

/**
 * What the merge step did right before it was sent: the rules that it gave the survivor besides those of the plan, and those that still named
 * the duplicate. Absent where its answer was lost.
 */
const beforeMerge = z.object({ moved: z.array(accessRule), named: z.array(accessRule) });

const afterMerge = z.object({
  again: z.array(z.object({ rule: accessRule, created: z.string() })),
  lost: z.array(accessRule),
});

/** Rules that fell with the duplicate: those made again with their new ids, and those that are lost. */
export type LateRules = z.infer<typeof afterMerge>;

/** Whether the list from right before the merge was kept: only then is it known what fell with it. */
export function sawBefore(results: Results): boolean {
  return beforeMerge.safeParse(results.merge).success;
}

/** What the look after the merge found; nothing where it has not happened. */
export function lateRules(results: Results): LateRules {
  const parsed = afterMerge.safeParse(results['rules-again']);
  return parsed.success ? parsed.data : { again: [], lost: [] };
}

/** Rules that somebody gave the duplicate while the merge ran and that the survivor has now, with the ids they have. */
export function lateKept(results: Results): { rule: AccessRule; created: string }[] {
  const kept = beforeMerge.safeParse(results.merge);
  const moved = kept.success ? kept.data.moved.map((rule) => ({ rule, created: rule.id })) : [];
  return [...moved, ...lateRules(results).again];
}

/** The id of a rule after a merge: its own where it was moved, its copy's in entries of before; null where neither was done. */
export function ruleAfter(results: Results, id: string): string | null {
  const copy = results[`rule:${id}`];
  if (typeof copy === 'string') return copy;
  return `move-rule:${id}` in results ? id : null;
}

/** The rules of a list that name the duplicate although the plan doesn't leave them there: neither lost, nor copied by an entry of before. */
export function unplannedRules(
  { input, before, results }: Pick<Context, 'input' | 'before' | 'results'>,
  now: readonly AccessRule[],
): AccessRule[] {
  const planned = ruleChoices(seenOr(before.rules, []), input.duplicate, before.may.rules, before.now);
  const left = planned.filter(({ rule, choice }) => choice === 'lost' || `rule:${rule.id}` in results);
  const known = new Set(left.map(({ rule }) => rule.id));
  return now.filter(({ id, personId }) => personId === input.duplicate && !known.has(id));
}

/** Rules that still named the duplicate when the merge was sent, and that fell with it. */
export function fallenRules({ results }: Pick<Context, 'results'>, now: readonly AccessRule[]): AccessRule[] {
  const kept = beforeMerge.safeParse(results.merge);
  const there = new Set(now.map(({ id }) => id));
  return kept.success ? kept.data.named.filter(({ id }) => !there.has(id)) : [];
}
