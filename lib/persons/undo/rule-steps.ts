import 'server-only';
import { marked, ruleContent } from '#lib/access/rules/access-rules.ts';
import { createAccessRule, deleteAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import { ok } from '#lib/omni/result.ts';
import { accessRuleBody, type AccessRule } from '#lib/omni/schemas/access.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Check, Json, Operation, StepContext } from '#lib/operations/plan/define.ts';

type Context = StepContext<unknown, unknown>;
type Step = Operation['steps'][string];

/**
 * A new access rule. `args`: `index` (unique in the run) and `body`. The person is the body's, or whom `personOf` names. Results in its
 * id. Omni has no unique key for rules (contract §6), so `done` finds it by the run's mark in its reason.
 */
export function ruleCreation(personOf: (context: Context) => string | undefined = () => undefined): Step {
  return {
    creates: true,
    async run(context) {
      const { body, index } = context.args as { body: { [key: string]: Json }; index: number };
      const personId = personOf(context) ?? body.personId;
      const reason = marked(body.reason as string | null, ruleMark(context.mark, index));
      const answer = await createAccessRule(context.omni, accessRuleBody.parse({ ...body, personId, reason }));
      return answer.ok ? ok(answer.value.id) : answer;
    },
    async done({ args, omni, mark }) {
      const { index } = args as { index: number };
      const rules = await listAccessRules(omni);
      if (!rules.ok) return { is: 'unknown' };
      const created = rules.value.find((rule) => rule.reason?.includes(ruleMark(mark, index)));
      return created ? { is: 'yes', result: created.id } : { is: 'no' };
    },
  };
}

/** Lines of the receipt about rules of this run that exist twice: the network sent the request twice. */
export async function doubledRules(
  omni: Omni,
  mark: string,
  results: Readonly<Record<string, Json | undefined>>,
): Promise<Check[]> {
  if (!Object.keys(results).some((step) => /(^|:)rule:/.test(step))) return [];
  const rules = await listAccessRules(omni);
  if (!rules.ok) return [];
  const ours = rules.value.filter(({ reason }) => reason?.includes(mark.slice(0, -1)));
  const nameOf = (rule: AccessRule) => canonical({ ...ruleContent(rule), reason: rule.reason } as Json);
  const again = ours.filter((rule, index) => ours.findIndex((other) => nameOf(other) === nameOf(rule)) < index);
  return again.map(({ personId }) => ({
    text: { key: 'rules.doubled' },
    held: false,
    ...(personId ? { subject: `person:${personId}` } : {}),
  }));
}

/** Deletes a rule (`args.id`). */
export const ruleRemoval: Step = {
  run: ({ args, omni }) => deleteAccessRule(omni, (args as { id: string }).id),
  async done({ args, omni }) {
    const rules = await listAccessRules(omni);
    if (!rules.ok) return { is: 'unknown' };
    return { is: rules.value.some(({ id }) => id === (args as { id: string }).id) ? 'no' : 'yes' };
  },
};

function ruleMark(mark: string, index: number): string {
  return `${mark.slice(0, -1)}#${index}]`;
}
