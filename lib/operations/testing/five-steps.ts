import 'server-only';
import { z } from 'zod';
import { createAccessRule, listAccessRules } from '#lib/omni/resources/access.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { getPerson, patchPerson } from '#lib/omni/resources/persons.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { createRoute, getRoute, listRoutes, patchRoute } from '#lib/omni/resources/routes.ts';
import type { RoutePatch } from '#lib/omni/schemas/routes.ts';
import { defineOperation, type Done, type StepContext } from '#lib/operations/plan/define.ts';

const input = z.strictObject({
  personId: z.uuid(),
  instanceId: z.uuid(),
  agentId: z.uuid(),
  label: z.string(),
  name: z.string(),
});

export type FiveInput = z.infer<typeof input>;
type FiveFacts = { name: string | null; phone: string | null; routeId: string | null };
type Context = StepContext<FiveInput, FiveFacts>;

const text = (key: string) => ({ key: `five.${key}` });
const step = (id: string) => ({ id, kind: id, title: text(id), args: null });
const nothing = async <T>(asked: Promise<Result<T, OmniError>>): Promise<Result<undefined, OmniError>> => {
  const answer = await asked;
  return answer.ok ? ok(undefined) : answer;
};
const madeRoute = ({ results }: Context) => String(results.create);
const seen = (happened: boolean): Done => ({ is: happened ? 'yes' : 'no' });

function routeStep(patch: (context: Context) => RoutePatch) {
  return {
    run: (context: Context) =>
      nothing(patchRoute(context.omni, context.input.instanceId, madeRoute(context), patch(context))),
    async done(context: Context): Promise<Done> {
      const now = await getRoute(context.omni, context.input.instanceId, madeRoute(context));
      if (!now.ok) return now.error.kind === 'not_found' ? { is: 'stuck', why: text('gone') } : { is: 'unknown' };
      const route: Record<string, unknown> = now.value;
      return seen(Object.entries(patch(context)).every(([name, value]) => route[name] === value));
    },
  };
}

/**
 * An operation for the tests of this folder: five writes of four kinds. A route that has a unique key upstream, two
 * changes of it, a person's name, and a rule without any key, which only its mark tells apart.
 */
export const fiveSteps = defineOperation<FiveInput, FiveFacts>({
  name: 'testing.five',
  scopes: ['persons:write', 'routes:write', 'access:write'],
  input,
  subjects: ({ personId }) => [`person:${personId}`],
  contacts: (_, { phone }) => [phone],
  async read({ personId, instanceId }, omni) {
    const [person, routes] = await Promise.all([getPerson(omni, personId), listRoutes(omni, instanceId)]);
    if (!person.ok) return person;
    if (!routes.ok) return routes;
    const { displayName: name, primaryPhone: phone } = person.value;
    return ok({ name, phone, routeId: routes.value.find((route) => route.personId === personId)?.id ?? null });
  },
  plan({ personId, label, name }, facts) {
    return {
      title: { key: 'five.title', values: { name: facts.name ?? '' } },
      effects: { personId, label, name, was: facts.name },
      steps: ['create', 'label', 'activate', 'name', 'rule'].map(step),
      moves: [{ key: 'five.name', values: { from: facts.name ?? '', to: name } }],
      losses: [],
      unknowns: [],
      warnings: [],
      ...(facts.routeId ? { refusal: text('has-route') } : {}),
      command: { none: text('none') },
    };
  },
  steps: {
    create: {
      async run({ input: { personId, instanceId, agentId }, omni }) {
        const body = { scope: 'user' as const, personId, agentId, isActive: false };
        const made = await createRoute(omni, instanceId, body);
        return made.ok ? ok(made.value.id) : made;
      },
      async done({ input: { personId, instanceId }, omni }) {
        const routes = await listRoutes(omni, instanceId);
        if (!routes.ok) return { is: 'unknown' };
        const made = routes.value.find((route) => route.personId === personId);
        return made ? { is: 'exists', result: made.id } : { is: 'no' };
      },
    },
    label: routeStep(({ input: { label } }) => ({ label })),
    activate: routeStep(() => ({ isActive: true })),
    name: {
      run: ({ input: { personId, name }, omni }) => nothing(patchPerson(omni, personId, { displayName: name })),
      async done({ input: { personId, name }, omni }) {
        const now = await getPerson(omni, personId);
        return now.ok ? seen(now.value.displayName === name) : { is: 'unknown' };
      },
    },
    rule: {
      creates: true,
      async run({ input: { personId }, omni, mark }) {
        const made = await createAccessRule(omni, { ruleType: 'deny', personId, phonePattern: '+5500*', reason: mark });
        return made.ok ? ok(made.value.id) : made;
      },
      async done({ omni, mark }) {
        const rules = await listAccessRules(omni);
        if (!rules.ok) return { is: 'unknown' };
        const made = rules.value.find(({ reason }) => reason === mark);
        return made ? { is: 'yes', result: made.id } : { is: 'no' };
      },
    },
  },
  async verify({ input: { personId, instanceId, label, name }, omni, results }) {
    const [person, route] = await Promise.all([
      getPerson(omni, personId),
      getRoute(omni, instanceId, String(results.create)),
    ]);
    return [
      { text: text('name'), held: person.ok ? person.value.displayName === name : null },
      { text: text('route'), held: route.ok ? route.value.label === label && route.value.isActive : null },
    ];
  },
  undo: ({ input: { personId }, before, results }) => ({
    operation: 'testing.five-back',
    input: { personId, name: before.name, rule: results.rule ?? null },
  }),
});
