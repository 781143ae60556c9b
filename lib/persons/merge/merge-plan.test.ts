import { expect, test } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Provider } from '#lib/omni/schemas/providers.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { ABSENT, LATE, valueOf, type NotSeen } from '#lib/omni/seen.ts';
import { planNow } from '#lib/operations/effects/plan-of.ts';
import { mergeSteps } from './merge-steps.ts';
import { mergeTableOf } from './merge-table.ts';
import { planMerge as effectsOf } from './merge-plan.ts';
import { adviseMerge } from './merge-recommend.ts';
import type { MergeInput, MergeFacts } from './merge-facts.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

const planMerge = (asked: MergeInput, given: MergeFacts) =>
  planNow({ plan: effectsOf, steps: mergeSteps }, asked, given);

const DUPLICATE = 'dddddd01-0000-4000-8000-000000000001';
const SURVIVOR = 'dddddd02-0000-4000-8000-000000000002';
const AGENT = 'aaaaaa01-0000-4000-8000-000000000001';
const OTHER_AGENT = 'aaaaaa02-0000-4000-8000-000000000002';
const HERE = '11111111-1111-4111-8111-111111111111';
const FAILED: NotSeen = { is: 'failed', problem: { code: 'bad_answer_status', values: { status: 500 } } };
const NOW = Date.parse('2026-06-01T00:00:00Z');

const input = (more: Partial<MergeInput> = {}): MergeInput => ({
  duplicate: DUPLICATE,
  survivor: SURVIVOR,
  reason: '',
  fields: {},
  routes: {},
  ...more,
});

function record(
  id: string,
  fields: Partial<Person> = {},
  handles = ['5511900001234@s.whatsapp.net'],
  messages = 0,
): PersonRecord {
  const none = { displayName: null, primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };
  const person = { ...none, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', ...fields, id };
  const identities = handles.map((platformUserId, index) => ({
    id: `${id.slice(0, -1)}${index}`,
    channel: 'whatsapp-baileys',
    platformUserId,
    messageCount: messages,
  }));
  return { person: person as Person, identities: identities as Identity[] };
}

const rule = (more: Partial<AccessRule> = {}) =>
  ({
    id: 'r1',
    instanceId: HERE,
    ruleType: 'deny',
    personId: DUPLICATE,
    platformUserId: '5511900001234@s.whatsapp.net',
    phonePattern: null,
    priority: 0,
    enabled: true,
    expiresAt: null,
    reason: null,
    action: 'block',
    blockMessage: null,
    createdAt: '2026-01-01T00:00:00Z',
    ...more,
  }) as AccessRule;

const route = (more: Partial<Route> = {}) =>
  ({
    id: 'fffffff1-0000-4000-8000-000000000001',
    instanceId: HERE,
    scope: 'user',
    personId: DUPLICATE,
    agentId: AGENT,
    label: 'uma',
    isActive: true,
    priority: 0,
    ...more,
  }) as Route;

const agent = (more: Partial<Agent> = {}) =>
  ({ id: AGENT, name: 'Vendas', isActive: true, ownerId: null, ...more }) as Agent;

function facts(more: Partial<MergeFacts> = {}): MergeFacts {
  return {
    duplicate: record(DUPLICATE),
    survivor: record(SURVIVOR),
    rules: valueOf([]),
    routes: valueOf({ items: [], missing: [] }),
    agents: valueOf([agent()]),
    automations: valueOf([]),
    serverUrl: 'http://omni',
    may: { rules: 'yes', routes: 'yes', agents: 'yes' },
    now: NOW,
    ...more,
  };
}

const keys = (texts: readonly { key: string }[]) => texts.map(({ key }) => key);

test('persons.merge: where everything is kept, nothing is typed', () => {
  const plan = planMerge(
    input(),
    facts({
      duplicate: record(DUPLICATE, { displayName: 'JOÃO' }),
      survivor: record(SURVIVOR, { displayName: 'João' }),
    }),
  );
  expect([plan.losses, plan.typed, plan.refusal]).toEqual([[], undefined, undefined]);
});

test.each([
  ['their name', record(DUPLICATE, { displayName: ' Ana ', primaryEmail: 'a@b.co' }), { text: 'Ana' }],
  [
    'the phone, where there is no name',
    record(DUPLICATE, { primaryPhone: '+55 11 98765-4321', primaryEmail: 'a@b.co' }),
    { text: '4321' },
  ],
  [
    'the first and the last word of a long name',
    record(DUPLICATE, { displayName: `Pedro ${'de Alcântara '.repeat(18)}Braga`, primaryEmail: 'a@b.co' }),
    { text: 'Pedro Braga' },
  ],
  [
    'what can be seen of the name',
    record(DUPLICATE, { displayName: 'Ana\u200d  “Zé”\u202e d’Água', primaryEmail: 'a@b.co' }),
    { text: "Ana d'Água" },
  ],
  [
    'a word, where the name is that of the kept person',
    record(DUPLICATE, { displayName: 'BIA', primaryEmail: 'a@b.co' }),
    { word: 'merge' },
  ],
  [
    'a word, where the phones end alike',
    record(DUPLICATE, { primaryPhone: '+5521911112222', primaryEmail: 'a@b.co' }),
    { word: 'merge' },
  ],
  ['a word, where there is neither', record(DUPLICATE, { primaryEmail: 'a@b.co' }, ['@ana']), { word: 'merge' }],
])('persons.merge: where something is not kept, one types %s', (_, duplicate, typed) => {
  const survivor = record(SURVIVOR, { displayName: 'Bia', primaryPhone: '+5511911112222', primaryEmail: 'b@b.co' });
  const plan = planMerge(input(), facts({ duplicate, survivor }));
  expect(keys(plan.losses)).toContain('effect.field-not-kept');
  expect(plan.typed).toEqual(typed);
});

test.each([
  ['merge.refused-self', input({ survivor: DUPLICATE }), facts()],
  ['merge.refused-self', input({ survivor: DUPLICATE.toUpperCase() }), facts()],
  ['merge.nobody', input(), facts({ duplicate: null })],
  ['merge.nobody', input(), facts({ survivor: null })],
  ['merge.refused-no-identities', input(), facts({ duplicate: record(DUPLICATE, {}, []) })],
  ['merge.refused-rules', input(), facts({ rules: { is: 'forbidden', scope: 'access:read' } })],
  ['merge.refused-rules', input(), facts({ rules: FAILED })],
  [
    'merge.refused-unblocks',
    input(),
    facts({ rules: valueOf([rule()]), may: { rules: 'no', routes: 'yes', agents: 'yes' } }),
  ],
])('persons.merge refused by %s: nothing is planned', (key, asked, given) => {
  const plan = planMerge(asked, given);
  expect([plan.refusal?.key, plan.steps, plan.moves]).toEqual([key, [], []]);
});

const mayNot = { rules: 'no', routes: 'yes', agents: 'yes' } as const;

test.each([
  ['in force', {}],
  ['that allows', { ruleType: 'allow' }],
  ['that is off and never expires', { enabled: false }],
  ['that has expired and is on', { expiresAt: '2026-05-01T00:00:00Z' }],
  ['that names a phone', { platformUserId: null, phonePattern: '+5511*' }],
] as [string, Partial<AccessRule>][])('persons.merge: a rule %s that this key can’t move refuses it', (_, more) => {
  const plan = planMerge(input(), facts({ rules: valueOf([rule(more)]), may: mayNot }));
  expect(plan.refusal).toMatchObject({
    key: 'merge.refused-unblocks',
    values: {
      count: 1,
      scope: 'access:write',
      action: more.ruleType ?? 'deny',
      where: 'one',
      name: `WhatsApp 5511900001234 · ${DUPLICATE.slice(0, 8)}…`,
    },
  });
});

test.each([
  ['effect.rule-not-kept-person', { platformUserId: null }],
  ['effect.rule-not-kept', { enabled: false, expiresAt: '2026-05-01T00:00:00Z' }],
] as [string, Partial<AccessRule>][])(
  'persons.merge: a rule that never decides and can’t be moved is lost: %s',
  (key, more) => {
    const plan = planMerge(input(), facts({ rules: valueOf([rule(more)]), may: mayNot }));
    expect([plan.refusal, keys(plan.losses), plan.typed !== undefined]).toEqual([undefined, [key], true]);
  },
);

test('persons.merge: every rule of the duplicate is moved, whatever it is, before anything else', () => {
  const rules = [
    rule({ action: 'own_words' as never }),
    rule({ id: 'r2', platformUserId: null }),
    rule({ id: 'r3', enabled: false, expiresAt: '2026-05-01T00:00:00Z', instanceId: null }),
    rule({ id: 'r4', ruleType: 'allow' }),
    rule({ id: 'other', personId: null }),
  ];
  const plan = planMerge(input(), facts({ rules: valueOf(rules) }));
  expect(plan.steps.map(({ id }) => id)).toEqual([
    ...['r1', 'r2', 'r3', 'r4'].map((id) => `move-rule:${id}`),
    'merge',
    'rules-again',
  ]);
  expect(plan.losses).toEqual([]);
});

const needs = (scope: string) => ({ is: 'forbidden' as const, scope });

test.each<[Partial<MergeFacts>, string[], string[], string[]]>([
  [{ routes: needs('routes:read') }, [], ['effect.routes-not-seen'], []],
  [{ routes: FAILED }, [], ['effect.routes-not-seen'], []],
  [{ routes: valueOf({ items: [], missing: ['WhatsApp'], why: LATE }) }, [], ['effect.routes-not-seen-on'], []],
  [{ routes: valueOf({ items: [], missing: [], others: true }) }, [], ['effect.routes-not-shown'], []],
  [{ routes: valueOf({ items: [], missing: [], hidden: [HERE] }) }, [], ['effect.routes-not-shown'], []],
  [{ agents: needs('agents:read') }, [], [], ['effect.owners-not-seen']],
  [{ agents: FAILED }, ['effect.owners-not-seen'], [], []],
  [{ agents: ABSENT }, [], [], []],
  [{ automations: needs('automations:read') }, [], [], ['effect.automations-not-seen']],
  [{ automations: FAILED }, ['effect.automations-not-seen'], [], []],
  [{ agents: valueOf(Array.from({ length: 200 }, () => agent())) }, ['effect.owners-not-seen'], [], []],
])('persons.merge: what cannot be read is named, a failure as a failure (%#)', (part, unknowns, losses, unchecked) => {
  const plan = planMerge(input(), facts(part));
  expect(keys(plan.unknowns)).toEqual(['effect.memberships', ...unknowns]);
  expect([keys(plan.losses), keys(plan.unchecked ?? [])]).toEqual([losses, unchecked]);
  const said = JSON.stringify([plan.losses, plan.unknowns]);
  if (Object.values(part).includes(FAILED)) expect(said).toContain('"state":"failed"');
  if (Object.values(part).includes(FAILED)) expect(said).not.toContain(':read');
});

const other = route({ id: 'fffffff2-0000-4000-8000-000000000002', personId: SURVIVOR, label: 'outra' });

test.each([
  ['effect.route-not-kept-lost', [route()], { may: { rules: 'yes', routes: 'no', agents: 'yes' } }],
  ['effect.route-not-kept-kept', [route(), other], {}],
  ['effect.route-not-kept-no_agent', [route({ agentId: null })], { agents: valueOf([]) }],
  ['effect.route-not-kept-unwritable', [route({ label: 'x'.repeat(5000) })], {}],
] as [string, Route[], Partial<MergeFacts>][])('persons.merge: %s is named as not kept', (key, items, more) => {
  const plan = planMerge(input(), facts({ routes: valueOf({ items, missing: [] }), ...more }));
  expect(keys(plan.losses)).toEqual([key]);
  expect(plan.typed).toBeDefined();
});

test('persons.merge: a route of the duplicate is recreated, or replaces the survivor’s when chosen', () => {
  const items = [route(), other];
  const chosen = input({ routes: { [route().id]: 'replace' } });
  const given = facts({ routes: valueOf({ items, missing: [] }) });
  expect(keys(planMerge(chosen, given).losses)).toEqual(['effect.route-replaced']);
  expect(planMerge(input(), facts({ routes: valueOf({ items: [route()], missing: [] }) })).losses).toEqual([]);
});

test('persons.merge: an agent keeps an owner only where this key may write agents', () => {
  const agents = [agent({ ownerId: DUPLICATE })];
  expect(planMerge(input(), facts({ agents: valueOf(agents) })).losses).toEqual([]);
  const may = { rules: 'yes', routes: 'yes', agents: 'no' } as const;
  expect(keys(planMerge(input(), facts({ agents: valueOf(agents), may })).losses)).toEqual(['effect.owner-not-kept']);
});

test.each([
  [
    'other',
    'refused',
    {
      duplicate: record(DUPLICATE, { displayName: 'Ana' }),
      survivor: record(SURVIVOR),
      may: { rules: 'no', routes: 'yes', agents: 'yes' },
      rules: valueOf([rule()]),
    },
  ],
  [
    'this',
    'loses',
    {
      survivor: record(SURVIVOR, { displayName: 'Ana' }),
      routes: valueOf({ items: [route({ personId: SURVIVOR })], missing: [] }),
      may: { rules: 'yes', routes: 'no', agents: 'yes' },
    },
  ],
  [
    'other',
    'loses',
    { routes: valueOf({ items: [route()], missing: [] }), may: { rules: 'yes', routes: 'no', agents: 'yes' } },
  ],
  ['other', 'history', { duplicate: record(DUPLICATE, {}, undefined, 9) }],
  ['this', 'older', { duplicate: record(DUPLICATE, { createdAt: '2026-03-01T00:00:00Z' }) }],
  ['either', 'equal', {}],
] as [string, string, Partial<MergeFacts>][])(
  'persons.merge advises %s direction, because of: %s',
  (better, why, part) => {
    const given = facts(part);
    expect(adviseMerge(SURVIVOR, DUPLICATE, given)).toMatchObject({ better, why });
    const mirrored = { this: 'other', other: 'this', either: 'either' }[better];
    const swapped = { ...given, duplicate: given.survivor, survivor: given.duplicate };
    expect(adviseMerge(DUPLICATE, SURVIVOR, swapped)).toMatchObject({ better: mirrored, why });
  },
);

const provider = (isActive: boolean) => ({ id: 'p1', name: 'Motor', isActive }) as Provider;
const wa = { id: HERE, name: 'wa-vendas', agentId: OTHER_AGENT, isActive: true, accessMode: 'disabled' } as Instance;

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

test('persons.merge: the table of its page is the plan’s: what is kept unless chosen, and what can’t be chosen', () => {
  const duplicate = record(DUPLICATE, {
    displayName: 'Ana',
    primaryEmail: 'not an email',
    primaryPhone: '+5511987654321',
  });
  const survivor = record(SURVIVOR, { displayName: 'Bia', primaryEmail: 'b@b.co' });
  const rows = mergeTableOf(planMerge(input({ fields: { displayName: 'duplicate' } }), facts({ duplicate, survivor })));
  expect(rows?.fields.filter(({ open }) => open).map(({ field, keep, fixed }) => [field, keep, fixed])).toEqual([
    ['displayName', 'duplicate', false],
    ['primaryEmail', 'survivor', true],
    ['primaryPhone', 'duplicate', false],
  ]);
});

const effect = ({ changes = [] }: ReturnType<typeof planMerge>, what: string) =>
  changes.find((one) => one.what === what);

test('persons.merge: of names that say the same the better spelling is kept, and the other is no loss', () => {
  const survivor = record(SURVIVOR, { displayName: 'JOAO  SILVA' });
  const duplicate = record(DUPLICATE, { displayName: 'João Silva' });
  const plan = planMerge(input(), facts({ duplicate, survivor }));
  expect(mergeTableOf(plan)?.fields[0]).toMatchObject({ field: 'displayName', kind: 'spelling', keep: 'duplicate' });
  expect(effect(plan, 'set')).toMatchObject({ kept: 'yes', to: { text: 'João Silva' } });
  const other = planMerge(input({ fields: { displayName: 'survivor' } }), facts({ duplicate, survivor }));
  expect(mergeTableOf(other)?.fields[0]).toMatchObject({ keep: 'survivor' });
  expect(other.changes?.filter(({ kept, history }) => kept === 'no' && !history)).toEqual([]);
});

test('persons.merge: phones of two countries stand with their country codes, in the table and in the review', () => {
  const survivor = record(SURVIVOR, { primaryPhone: '+5551976543219' });
  const duplicate = record(DUPLICATE, { primaryPhone: '+51976543219' });
  const plan = planMerge(input(), facts({ duplicate, survivor }));
  expect(mergeTableOf(plan)?.fields[0]).toMatchObject({
    field: 'primaryPhone',
    survivor: '+55 51 97654 3219',
    duplicate: '+51 976 543 219',
    countries: ['BR', 'PE'],
  });
  expect(effect(plan, 'field-not-kept')).toMatchObject({ from: { text: '+51 976 543 219' } });
});

test('persons.merge: of metadata the table has what differs, and says how much is the same', () => {
  const survivor = record(SURVIVOR, { metadata: { plano: 'ouro', cidade: 'Recife' } });
  const duplicate = record(DUPLICATE, { metadata: { plano: 'prata', cidade: 'Recife' } });
  const [row] = mergeTableOf(planMerge(input(), facts({ duplicate, survivor })))?.fields ?? [];
  expect(row).toMatchObject({ field: 'metadata', survivor: 'plano: ouro', duplicate: 'plano: prata', alike: 1 });
});

test('persons.merge: a rule that moves is told by whom it is about and where; many by their number', () => {
  const instances = facts({}).answering?.instances ?? [wa];
  const given = { answering: { instances, providers: valueOf([]) } };
  const one = planMerge(input(), facts({ ...given, rules: valueOf([rule({ instanceId: null })]) }));
  expect(effect(one, 'rule-moves')?.more).toMatchObject({ action: 'deny', where: 'all' });
  const many = Array.from({ length: 4 }, (_, at) => rule({ id: `${at}`, instanceId: null }));
  expect(effect(planMerge(input(), facts({ ...given, rules: valueOf(many) })), 'rules-move')).toMatchObject({
    count: 4,
  });
});
