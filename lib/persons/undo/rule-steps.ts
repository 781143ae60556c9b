import 'server-only';
import { z } from 'zod';
import { marked } from '#lib/access/rules/access-rules.ts';
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
import type { Omni } from '#lib/omni/door/omni.ts';
import { asJson, step, type Done, type Step, type StepContext } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';
import { createdBy } from '#lib/persons/identities/identity-steps.ts';
import { jsonObject } from '#lib/omni/json.ts';

type Pair = { from: string; to: string };

const stuck = (key: string): Done => ({ is: 'stuck', why: { key } });

/** `to`: the person, or whom the step `personStep` creates; those of the merge where neither is said. */
const moved = z.object({
  id: z.string(),
  from: z.string().optional(),
  to: z.string().optional(),
  personStep: z.string().optional(),
});
type Moved = z.infer<typeof moved>;

/**
 * Gives a rule from one person to another by a PATCH of `personId` and nothing else: its place, its age and what it decides
 * stay, no index can refuse it, and a second one changes nothing (cases M16, N1, N6, T11). A rule that names a third person by now is
 * left alone. `peopleOf`: from whom to whom where the step doesn't say.
 */
export function ruleMove<I>(peopleOf: (input: I) => Partial<Pair>) {
  const between = ({
    input,
    args,
    results,
  }: Pick<StepContext<I, unknown, Moved>, 'input' | 'args' | 'results'>): Pair => {
    const { from = '', to = '' } = peopleOf(input);
    const named = args.personStep === undefined ? to : createdBy(results, args.personStep);
    return { from: args.from ?? from, to: args.to ?? named };
  };
  return step<I, { serverUrl?: string }, Moved>({
    kind: 'move-rule',
    args: moved,
    async still(context) {
      const rule = await getAccessRule(context.omni, context.args.id);
      if (!rule.ok) return rule.error.kind === 'not_found' ? ok({ key: 'rules.gone' }) : rule;
      const { from, to } = between(context);
      return ok([from, to].includes(rule.value.personId ?? '') ? null : { key: 'rules.elsewhere' });
    },
    async run(context) {
      const { to } = between(context);
      const answer = await patchAccessRule(context.omni, context.args.id, { personId: to });
      if (!answer.ok) return answer;
      if (answer.value.personId === to) return ok(undefined);
      return err({ kind: 'outcome_unknown', cause: 'bad_answer', requestId: 'another person in the answer' });
    },
    async done(context) {
      const rule = await getAccessRule(context.omni, context.args.id);
      if (!rule.ok) return rule.error.kind === 'not_found' ? stuck('rules.gone') : { is: 'unknown' };
      const { from, to } = between(context);
      if (rule.value.personId === to) return { is: 'yes' };
      return rule.value.personId === from ? { is: 'no' } : stuck('rules.elsewhere');
    },
    command({ input, args, before, created }) {
      const { id, personStep } = args;
      const personId = args.to ?? (personStep === undefined ? peopleOf(input).to : created(personStep));
      return curlLine('PATCH', before.serverUrl ?? '', `/access/rules/${id}`, { personId });
    },
  });
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

const indexed = z.object({ index: z.number() });

/**
 * What entries of before planned: a copy of a rule, found by the run's mark (`args.index`). One that was made stands for its rule; none is
 * made any more, since its place is taken, or it would be newer than what decides now (cases T10, T19).
 */
export const ruleCopy: Step<unknown, unknown> = {
  creates: true,
  still: () => Promise.resolve(ok({ key: 'rules.copied' })),
  run: () => Promise.resolve(err(notSent('rule_copy'))),
  async done({ args, omni, mark }) {
    const { index } = indexed.parse(args);
    const rules = await listAccessRules(omni);
    if (!rules.ok) return { is: 'unknown' };
    const created = rules.value.find((rule) => rule.reason?.includes(ruleMark(mark, index)));
    return created ? { is: 'yes', result: created.id } : { is: 'no' };
  },
};

const copied = z.object({ personStep: z.string(), body: jsonObject });
type Copied = z.infer<typeof copied>;

/**
 * What the undo of a merge planned in entries of before: a copy for the person whom `personStep` created. The copy that the merge made,
 * whose id `madeBy` answers, is moved instead, from whom `fromOf` names; without one the step is refused, and the others go on.
 */
export function ruleCopyBack<I>(fromOf: (input: I) => string, madeBy: (input: I, args: Copied) => string | null) {
  const move = ruleMove<I>(() => ({}));
  type Context = StepContext<I, unknown, Copied>;
  const asMove = ({ args, ...context }: Context) => ({
    ...context,
    before: {},
    args: { id: madeBy(context.input, args), from: fromOf(context.input), personStep: args.personStep },
  });
  const made = ({ input, args }: Context) => madeBy(input, args);
  return step<I, unknown, Copied>({
    kind: 'rule',
    args: copied,
    independent: true,
    still: async (context) =>
      made(context) === null ? ok({ key: 'rules.copied' }) : (move.still?.(asMove(context)) ?? ok(null)),
    async run(context) {
      const answer = await move.run(asMove(context));
      return answer.ok ? ok(made(context) ?? undefined) : answer;
    },
    async done(context) {
      const before = await ruleCopy.done({ ...context, args: asJson(context.args) });
      if (before.is !== 'no') return before;
      const now = made(context) === null ? before : await move.done(asMove(context));
      return now.is === 'yes' ? { is: 'yes', result: made(context) ?? '' } : now;
    },
  });
}

const dropped = z.object({ id: z.string() });

/**
 * Deletes a rule of `personOf`, as entries of before end, once its copy was made (`isCopied`); one that was given to somebody else is
 * left alone.
 */
export function ruleRemoval<I>(
  personOf: (input: I) => string,
  isCopied: (context: Pick<StepContext<I>, 'input' | 'results'>, id: string) => boolean,
) {
  return step<I, unknown, z.infer<typeof dropped>>({
    kind: 'drop-rule',
    args: dropped,
    independent: true,
    still: (context) => Promise.resolve(ok(isCopied(context, context.args.id) ? null : { key: 'rules.copied' })),
    async run({ args: { id }, input, omni }) {
      const rule = await getAccessRule(omni, id);
      if (!rule.ok) return rule;
      return rule.value.personId === personOf(input) ? deleteAccessRule(omni, id) : ok(undefined);
    },
    async done({ args: { id }, omni }) {
      const rules = await listAccessRules(omni);
      if (!rules.ok) return { is: 'unknown' };
      return { is: rules.value.some((rule) => rule.id === id) ? 'no' : 'yes' };
    },
  });
}

/** The mark of one rule of a run. */
export function ruleMark(mark: string, index: number): string {
  return `${mark.slice(0, -1)}#${index}]`;
}
