import 'server-only';
import { marked, ruleContent } from '#lib/access/rules/access-rules.ts';
import {
  createAccessRule,
  deleteAccessRule,
  getAccessRule,
  listAccessRules,
  patchAccessRule,
} from '#lib/omni/resources/access.ts';
import { notSent } from '#lib/omni/door/local-error.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import type { AccessRule, AccessRuleBody } from '#lib/omni/schemas/access.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { asJson, type Check, type Done, type Operation, type StepContext } from '#lib/operations/plan/define.ts';

type Context = StepContext<unknown, unknown>;
type Step = Operation['steps'][string];
type Results = Context['results'];

const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

/**
 * Gives a rule (`args.id`) from one person to another by a PATCH of `personId` and nothing else: its place, its age and what it decides
 * stay, no index can refuse it, and a second one changes nothing (cases M16, N1, N6, T11). A rule that names a third person by now is
 * left alone.
 */
export function ruleMove(people: (context: Context) => { from: string; to: string }): Step {
  const idOf = ({ args }: Context) => (args as { id: string }).id;
  return {
    async still(context) {
      const rule = await getAccessRule(context.omni, idOf(context));
      if (!rule.ok) return rule.error.kind === 'not_found' ? ok({ key: 'rules.gone' }) : rule;
      const { from, to } = people(context);
      return ok([from, to].includes(rule.value.personId ?? '') ? null : { key: 'rules.elsewhere' });
    },
    async run(context) {
      const { to } = people(context);
      const answer = await patchAccessRule(context.omni, idOf(context), { personId: to });
      if (!answer.ok) return answer;
      if (answer.value.personId === to) return ok(undefined);
      return err({ kind: 'outcome_unknown', cause: 'bad_answer', requestId: 'another person in the answer' });
    },
    async done(context) {
      const rule = await getAccessRule(context.omni, idOf(context));
      if (!rule.ok) return rule.error.kind === 'not_found' ? stuck('rules.gone') : { is: 'unknown' };
      const { from, to } = people(context);
      if (rule.value.personId === to) return { is: 'yes' };
      return rule.value.personId === from ? { is: 'no' } : stuck('rules.elsewhere');
    },
  };
}

/** Creates a rule that carries `mark` in its reason, unless `rules` has it already. Answers its id. */
export async function createMarked(
  omni: Omni,
  rules: readonly AccessRule[],
  body: AccessRuleBody,
  mark: string,
): Promise<Result<string, OmniError>> {
  const there = rules.find(({ reason }) => reason?.includes(mark));
  if (there) return ok(there.id);
  const made = await createAccessRule(omni, { ...body, reason: marked(body.reason, mark) });
  return made.ok ? ok(made.value.id) : made;
}

/**
 * What entries of before planned: a copy of a rule, found by the run's mark (`args.index`). One that was made stands for its rule; none is
 * made any more, since its place is taken, or it would be newer than what decides now (cases T10, T19).
 */
export const ruleCopy: Step = {
  creates: true,
  still: () => Promise.resolve(ok({ key: 'rules.copied' })),
  run: () => Promise.resolve(err(notSent('rule_copy'))),
  async done({ args, omni, mark }) {
    const { index } = args as { index: number };
    const rules = await listAccessRules(omni);
    if (!rules.ok) return { is: 'unknown' };
    const created = rules.value.find((rule) => rule.reason?.includes(ruleMark(mark, index)));
    return created ? { is: 'yes', result: created.id } : { is: 'no' };
  },
};

/** Lines of the receipt about rules of this run that exist twice: the network sent the request twice. */
export async function doubledRules(omni: Omni, mark: string, results: Results): Promise<Check[]> {
  if (!Object.keys(results).some((step) => /(^|\/)(rule:|rules-again$)/.test(step))) return [];
  const rules = await listAccessRules(omni);
  if (!rules.ok) return [];
  const ours = rules.value.filter(({ reason }) => reason?.includes(mark.slice(0, -1)));
  const nameOf = (rule: AccessRule) => canonical(asJson({ ...ruleContent(rule), reason: rule.reason }));
  const again = ours.filter((rule, index) => ours.findIndex((other) => nameOf(other) === nameOf(rule)) < index);
  return again.map(({ personId }) => ({
    text: { key: 'rules.doubled' },
    held: false,
    ...(personId ? { subject: `person:${personId}` } : {}),
  }));
}

/**
 * What the undo of a merge planned in entries of before: a copy for the person of `people().to`. The copy that the merge made, whose id
 * `madeBy` answers, is moved instead; without one the step is refused, and the others go on.
 */
export function ruleCopyBack(
  people: (context: Context) => { from: string; to: string },
  madeBy: (context: Context) => string | null,
): Step {
  const move = ruleMove(people);
  const asMove = (context: Context) => ({
    ...context,
    args: { ...(context.args as object), id: madeBy(context) },
  });
  return {
    independent: true,
    still: async (context) =>
      madeBy(context) === null ? ok({ key: 'rules.copied' }) : (move.still?.(asMove(context)) ?? ok(null)),
    async run(context) {
      const answer = await move.run(asMove(context));
      return answer.ok ? ok(madeBy(context) ?? undefined) : answer;
    },
    async done(context) {
      const copied = await ruleCopy.done(context);
      if (copied.is !== 'no') return copied;
      const moved = madeBy(context) === null ? copied : await move.done(asMove(context));
      return moved.is === 'yes' ? { is: 'yes', result: madeBy(context) ?? '' } : moved;
    },
  };
}

/**
 * Deletes a rule (`args.id`) of `personOf`, as entries of before end, once its copy was made (`isCopied`); one that was given to somebody else is
 * left alone.
 */
export const ruleRemoval = (personOf: (context: Context) => string, isCopied: (context: Context) => boolean): Step => ({
  independent: true,
  still: (context) => Promise.resolve(ok(isCopied(context) ? null : { key: 'rules.copied' })),
  async run(context) {
    const { id } = context.args as { id: string };
    const rule = await getAccessRule(context.omni, id);
    if (!rule.ok) return rule;
    return rule.value.personId === personOf(context) ? deleteAccessRule(context.omni, id) : ok(undefined);
  },
  async done({ args, omni }) {
    const rules = await listAccessRules(omni);
    if (!rules.ok) return { is: 'unknown' };
    return { is: rules.value.some(({ id }) => id === (args as { id: string }).id) ? 'no' : 'yes' };
  },
});

/** The mark of one rule of a run. */
export function ruleMark(mark: string, index: number): string {
  return `${mark.slice(0, -1)}#${index}]`;
}
