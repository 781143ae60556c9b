import 'server-only';
import { blocks, ruleFor } from '#lib/access/rules/access-rules.ts';
import { listAccessRules, patchAccessRule } from '#lib/omni/resources/access.ts';
import { z } from 'zod';
import { ok, type Result } from '#lib/omni/result.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import { asJson, step, type Check, type Done, type Json, type StepContext } from '#lib/operations/plan/define.ts';
import { ruleText } from '#lib/persons/merge/merge-choices.ts';
import type { MergeFacts, MergeInput } from '#lib/persons/merge/merge-facts.ts';
import { fallenRules, lateKept, lateRules, sawBefore, unplannedRules, type LateRules } from './late-rules.ts';
import { createMarked, ruleMark } from './rule-steps.ts';

type Context = Pick<StepContext<MergeInput, MergeFacts>, 'input' | 'before' | 'results' | 'omni' | 'mark'>;

/** How often the merge step looks for rules that were added meanwhile, before it is sent all the same. */
const LOOKS = 3;

/**
 * Gives the survivor what somebody gave the duplicate since the plan was checked, right before the merge is sent: it would be deleted with
 * the duplicate. Answers what the merge step keeps: what was moved, and what still named the duplicate at the last look.
 */
export async function moveLateRules(context: Context): Promise<Result<Json, OmniError>> {
  const { input, before, omni } = context;
  const moved: AccessRule[] = [];
  for (let look = 1; ; look += 1) {
    const rules = await listAccessRules(omni);
    if (!rules.ok) return rules;
    const named = unplannedRules(context, rules.value);
    if (named.length === 0 || look === LOOKS || before.may.rules === 'no') return ok(asJson({ moved, named }));
    for (const rule of named) {
      const answer = await patchAccessRule(omni, rule.id, { personId: input.survivor });
      if (!answer.ok) return answer;
      moved.push(rule);
    }
  }
}

/**
 * Looks at the rules after the merge (case T13). A blocking rule that fell although it was seen right before is made again for the survivor,
 * with the run's mark; an allowing one is told as lost: made again it would be the newest, and might open what is closed (case T19).
 */
export const rulesAgain = step<MergeInput, MergeFacts, Record<string, never>>({
  kind: 'rules-again',
  args: z.object({}),
  creates: true,
  independent: true,
  async run(context) {
    const { input, omni, mark } = context;
    const now = await listAccessRules(omni);
    if (!now.ok) return now;
    const late: LateRules = { again: [], lost: [] };
    for (const [index, rule] of fallenRules(context, now.value).entries()) {
      const body = blocks(rule) ? ruleFor(rule, input.survivor) : null;
      if (!body) {
        late.lost.push(rule);
        continue;
      }
      const created = await createMarked(omni, now.value, body, ruleMark(mark, index));
      if (!created.ok) return created;
      late.again.push({ rule, created: created.value });
    }
    return ok(asJson(late));
  },
  async done(context): Promise<Done> {
    const now = await listAccessRules(context.omni);
    if (!now.ok) return { is: 'unknown' };
    const late: LateRules = { again: [], lost: [] };
    for (const [index, rule] of fallenRules(context, now.value).entries()) {
      const created = now.value.find(({ reason }) => reason?.includes(ruleMark(context.mark, index)));
      if (created) late.again.push({ rule, created: created.id });
      else if (blocks(rule) && ruleFor(rule, context.input.survivor)) return { is: 'no' };
      else late.lost.push(rule);
    }
    return { is: 'yes', result: asJson(late) };
  },
  command: () => '',
});

/** Lines of the receipt about rules that were added while the merge ran. */
export function checkLateRules(
  results: StepContext['results'],
  survivor: string,
  now: readonly AccessRule[] | null,
): Check[] {
  if (!('merge' in results)) return [];
  if (!sawBefore(results)) return [{ text: { key: 'merge.checked-late-unknown' }, held: null }];
  const { again, lost } = lateRules(results);
  const moved = lateKept(results).filter(({ rule, created }) => rule.id === created);
  const there = (id: string) => (now ? now.some((rule) => rule.id === id && rule.personId === survivor) : null);
  return [
    ...moved.map(({ rule }) => ({ text: ruleText('merge.checked-late', rule), held: there(rule.id) })),
    ...again.map(({ rule, created }) => ({ text: ruleText('merge.checked-again', rule), held: there(created) })),
    ...lost.map((rule) => ({ text: ruleText('merge.checked-fell', rule), held: false })),
  ];
}
