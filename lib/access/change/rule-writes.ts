import 'server-only';
import { z } from 'zod';
import { marked, ruleContent } from '#lib/access/rules/access-rules.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { createAccessRule, deleteAccessRule, getAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import { ok } from '#lib/omni/result.ts';
import { accessRuleBody, type AccessRule, type AccessRuleBody } from '#lib/omni/schemas/access.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { asJson, step, type Check, type StepContext, type Text } from '#lib/operations/plan/define.ts';
import { curlLine } from '#lib/operations/plan/shell.ts';

type Facts = { serverUrl: string };

/** Creates one rule; rules have no unique key, so the run's mark in its reason tells that it is ours (contract §6). Its result is the id. */
export function createRuleStep<I, F extends Facts>() {
  return step<I, F, AccessRuleBody>({
    kind: 'rule',
    creates: true,
    args: accessRuleBody,
    run: async ({ args, omni, mark }) => {
      const made = await createAccessRule(omni, { ...args, reason: marked(args.reason, mark) });
      return made.ok ? ok(made.value.id) : made;
    },
    done: async ({ args, omni, mark }) => {
      const rules = await listAccessRules(omni);
      if (!rules.ok) return { is: 'unknown' };
      const made = rules.value.find(
        (rule) =>
          rule.reason?.includes(mark) === true &&
          rule.platformUserId === (args.platformUserId ?? null) &&
          rule.phonePattern === (args.phonePattern ?? null),
      );
      return made ? { is: 'yes', result: made.id } : { is: 'no' };
    },
    command: ({ before, args }) => curlLine('POST', before.serverUrl, '/access/rules', args),
  });
}

/** Deletes a rule. `still`: why this one must not go any more. */
export function deleteRuleStep<I, F extends Facts>(still: (input: I, rule: AccessRule, before: F) => Text | null) {
  return step<I, F, { id: string }>({
    kind: 'delete',
    args: z.strictObject({ id: z.string() }),
    still: async ({ input, before, args: { id }, omni }) => {
      const rule = await getAccessRule(omni, id);
      if (!rule.ok) return rule.error.kind === 'not_found' ? ok(null) : rule;
      return ok(still(input, rule.value, before));
    },
    run: async ({ args: { id }, omni }) => {
      const done = await deleteAccessRule(omni, id);
      return done.ok ? ok(undefined) : done;
    },
    done: async ({ args: { id }, omni }) => {
      const rules = await listAccessRules(omni);
      if (!rules.ok) return { is: 'unknown' };
      return { is: rules.value.some((rule) => rule.id === id) ? 'no' : 'yes' };
    },
    command: ({ before, args: { id } }) => curlLine('DELETE', before.serverUrl, `/access/rules/${id}`),
  });
}

/** The ids of the rules that a run created. */
export function createdRules(results: Readonly<Record<string, unknown>>): string[] {
  return Object.entries(results).flatMap(([id, result]) => (id.startsWith('rule:') ? [z.string().parse(result)] : []));
}

/** Lines of the receipt about rules of this run that exist twice: the network sent the request twice. */
export async function doubledRules(omni: Omni, mark: string, results: StepContext['results']): Promise<Check[]> {
  if (!Object.keys(results).some((id) => /(^|\/)(rule:|rules-again$)/.test(id))) return [];
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
