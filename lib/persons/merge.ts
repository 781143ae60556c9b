import 'server-only';
import { listAccessRules } from '#lib/omni/access.ts';
import type { Omni } from '#lib/omni/omni.ts';
import { listRoutes } from '#lib/omni/routes.ts';
import type { Check, Json } from '#lib/operations/define.ts';
import { defineOperation } from '#lib/operations/define.ts';
import { canonical } from '#lib/operations/canonical.ts';
import { fieldChoices } from './merge-fields.ts';
import { planMerge } from './merge-plan.ts';
import { readMergeWorld, side } from './merge-read.ts';
import { mergeSteps, sameRule } from './merge-steps.ts';
import { mergeInput, seen, type MergeInput, type MergeWorld } from './merge-world.ts';
import { ruleFates } from './merge-rules.ts';
import { routeFates } from './merge-routes.ts';

/** Join two people into one: rules, inactive routes, merge, fields, owners, routes on (the safe order of the ADRs). */
export const mergePersonsOperation = defineOperation<MergeInput, MergeWorld>({
  name: 'persons.merge',
  scopes: ['persons:write'],
  input: mergeInput,
  subjects: ({ goes, stays }) => [`person:${goes}`, `person:${stays}`],
  contacts: (_, world) =>
    [world.goes, world.stays].flatMap((each) =>
      each
        ? [each.person.primaryPhone, each.person.primaryEmail, ...each.identities.map((one) => one.platformUserId)]
        : [],
    ),
  read: readMergeWorld,
  plan: planMerge,
  steps: mergeSteps,
  verify: async ({ input, before, omni, results }) => {
    const [goes, stays] = await Promise.all([side(omni, input.goes), side(omni, input.stays)]);
    const checks: Check[] = [
      { text: { key: 'merge.checked-gone' }, held: goes.ok ? goes.value === null : null },
      {
        text: { key: 'merge.checked-identities', values: { count: before.goes?.identities.length ?? 0 } },
        held: stays.ok ? holdsAll(stays.value?.identities ?? [], before) : null,
      },
    ];
    if (before.goes && before.stays) {
      const wanted = fieldChoices(before.stays.person, before.goes.person, input.fields);
      const person: Record<string, unknown> | null = stays.ok ? (stays.value?.person ?? null) : null;
      checks.push({
        text: { key: 'merge.checked-fields' },
        held: person
          ? wanted.every(
              ({ field, result }) => canonical((person[field] ?? null) as Json) === canonical(result ?? null),
            )
          : null,
      });
    }
    return [
      ...checks,
      ...(await checkRules(input, before, omni)),
      ...(await checkRoutes(input, before, results, omni)),
    ];
  },
  undo: () => ({ impossible: { key: 'merge.no-undo-yet' } }),
});

function holdsAll(now: readonly { id: string }[], before: MergeWorld): boolean {
  const held = new Set(now.map(({ id }) => id));
  return (before.goes?.identities ?? []).every(({ id }) => held.has(id));
}

async function checkRules(input: MergeInput, before: MergeWorld, omni: Omni): Promise<Check[]> {
  const wanted = seen(before.rules)
    ? ruleFates(before.rules, input.goes, before.may.rules, before.now).filter(
        ({ fate }) => fate === 'recreate' || fate === 'covered',
      )
    : [];
  if (wanted.length === 0) return [];
  const now = await listAccessRules(omni);
  const held = now.ok
    ? wanted.every(({ rule }) => now.value.some((other) => other.id !== rule.id && sameRule(rule, other)))
    : null;
  return [{ text: { key: 'merge.checked-rules', values: { count: wanted.length } }, held }];
}

async function checkRoutes(
  input: MergeInput,
  before: MergeWorld,
  results: Readonly<Record<string, Json | undefined>>,
  omni: Omni,
): Promise<Check[]> {
  const fates = seen(before.routes)
    ? routeFates(before.routes.items, input.goes, input.stays, input.routes, before.may.routes)
    : [];
  const wanted = fates.filter(({ fate }) => fate === 'recreate' || fate === 'replace');
  if (wanted.length === 0) return [];
  const held = await Promise.all(
    wanted.map(async ({ route, other }) => {
      const now = await listRoutes(omni, route.instanceId);
      if (!now.ok) return null;
      const id = other?.id ?? results[`route:${route.id}`];
      const match = now.value.find((each) => each.id === id);
      return match !== undefined && match.agentId === route.agentId && match.isActive === route.isActive;
    }),
  );
  return [
    {
      text: { key: 'merge.checked-routes', values: { count: wanted.length } },
      held: held.includes(null) ? null : held.every(Boolean),
    },
  ];
}
