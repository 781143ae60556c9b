import { expect, test } from 'vitest';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import { valueOf } from '#lib/omni/seen.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';
import type { MergeFacts } from './merge-facts.ts';
import {
  agent,
  DUPLICATE,
  facts,
  FAILED,
  HERE,
  input,
  OTHER_AGENT,
  planMerge,
  record,
  route,
  SURVIVOR,
  wa,
} from '#lib/persons/testing/merge-case.ts';

const provider = (isActive: boolean) => ({ id: 'p1', name: 'Motor', isActive }) as Provider;

/** Both have an identity on wa-vendas; the duplicate's route there leads to Vendas, the default agent is Suporte. */
function answeringFacts(more: Partial<MergeFacts>): MergeFacts {
  const here = (record: PersonRecord): PersonRecord => ({
    ...record,
    identities: record.identities.map((identity) => ({ ...identity, instanceId: HERE })),
  });
  const agents = [agent({ agentProviderId: 'p2' }), agent({ id: OTHER_AGENT, name: 'Suporte', agentProviderId: 'p1' })];
  return facts({
    duplicate: here(record(DUPLICATE, { displayName: 'Duda' })),
    survivor: here(record(SURVIVOR, { displayName: 'Bia' })),
    agents: valueOf(agents),
    routes: valueOf({ items: [route()], missing: [] }),
    answering: {
      instances: [wa],
      providers: valueOf([provider(false), { ...provider(true), id: 'p2' }]),
    },
    ...more,
  });
}

const answered = ({ changes = [] }: ReturnType<typeof planMerge>) =>
  changes.filter(({ what }) => what.startsWith('answer')).map(({ what, more }) => [what, more?.name, more?.why]);

test('persons.merge: to nobody, where the next agent’s provider is inactive', () => {
  const mayNotWrite = { may: { rules: 'yes', routes: 'no', agents: 'yes' } } as const;
  expect(answered(planMerge(input(), answeringFacts(mayNotWrite)))).toEqual([
    ['answered-person-nobody', { is: 'text', text: 'Duda' }, 'provider_inactive'],
  ]);
});

test('persons.merge: the kept record is answered by the route that moves to it, on that instance', () => {
  expect(answered(planMerge(input(), answeringFacts({})))).toEqual([
    ['answered-person', { is: 'text', text: 'Bia' }, undefined],
  ]);
});

test('persons.merge: where providers could not be read, it says so and names no agent as answering for sure', () => {
  const answering = { instances: [wa], providers: FAILED };
  const plan = planMerge(input(), answeringFacts({ answering }));
  expect(answered(plan).map(([what]) => what)).toEqual(['answered-person', 'answer-not-seen']);
  expect(JSON.stringify(plan.unknowns)).toContain('"state":"failed"');
});
