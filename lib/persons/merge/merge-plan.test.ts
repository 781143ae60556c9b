import { expect, test } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { planMerge } from './merge-plan.ts';
import { adviseMerge } from './merge-recommend.ts';
import type { MergeInput, MergeWorld, Side } from './merge-facts.ts';

const GOES = 'dddddd01-0000-4000-8000-000000000001';
const STAYS = 'dddddd02-0000-4000-8000-000000000002';
const AGENT = 'aaaaaa01-0000-4000-8000-000000000001';
const HERE = '11111111-1111-4111-8111-111111111111';
const NOW = Date.parse('2026-06-01T00:00:00Z');

const input = (more: Partial<MergeInput> = {}): MergeInput => ({
  goes: GOES,
  stays: STAYS,
  reason: '',
  fields: {},
  routes: {},
  ...more,
});

function side(
  id: string,
  fields: Partial<Person> = {},
  handles = ['5511900001234@s.whatsapp.net'],
  messages = 0,
): Side {
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
    personId: GOES,
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
    personId: GOES,
    agentId: AGENT,
    label: 'uma',
    isActive: true,
    priority: 0,
    ...more,
  }) as Route;

const agent = (more: Partial<Agent> = {}) =>
  ({ id: AGENT, name: 'Vendas', isActive: true, ownerId: null, ...more }) as Agent;

function world(more: Partial<MergeWorld> = {}): MergeWorld {
  return {
    goes: side(GOES),
    stays: side(STAYS),
    rules: [],
    routes: { items: [], missing: [] },
    agents: [agent()],
    automations: [],
    may: { rules: 'yes', routes: 'yes', agents: 'yes' },
    now: NOW,
    ...more,
  };
}

const keys = (texts: readonly { key: string }[]) => texts.map(({ key }) => key);

test('where nothing is lost, nothing is typed', () => {
  const plan = planMerge(
    input(),
    world({ goes: side(GOES, { displayName: 'JOÃO' }), stays: side(STAYS, { displayName: 'João' }) }),
  );
  expect([plan.losses, plan.typed, plan.refusal]).toEqual([[], undefined, undefined]);
});

test.each([
  ['their name', side(GOES, { displayName: ' Ana ', primaryEmail: 'a@b.co' }), { text: 'Ana' }],
  [
    'the phone, where there is no name',
    side(GOES, { primaryPhone: '+55 11 98765-4321', primaryEmail: 'a@b.co' }),
    { text: '4321' },
  ],
  ['the handle, where there is no phone', side(GOES, { displayName: '  ', primaryEmail: 'a@b.co' }), { text: '1234' }],
  ['a word, where there are no digits', side(GOES, { primaryEmail: 'a@b.co' }, ['@ana']), { word: 'merge' }],
])('where something is lost, one types %s', (_, goes, typed) => {
  const stays = side(STAYS, { displayName: 'Bia', primaryPhone: '+5511911112222', primaryEmail: 'b@b.co' });
  const plan = planMerge(input(), world({ goes, stays }));
  expect(keys(plan.losses)).toContain('merge.lost-primaryEmail');
  expect(plan.typed).toEqual(typed);
});

test.each([
  ['merge.refused-self', input({ stays: GOES }), world()],
  ['merge.refused-self', input({ stays: GOES.toUpperCase() }), world()],
  ['merge.nobody', input(), world({ goes: null })],
  ['merge.nobody', input(), world({ stays: null })],
  ['merge.refused-no-identities', input(), world({ goes: side(GOES, {}, []) })],
  ['merge.refused-rules-unseen', input(), world({ rules: { unseen: 'access:read' } })],
  ['merge.refused-unblocks', input(), world({ rules: [rule()], may: { rules: 'no', routes: 'yes', agents: 'yes' } })],
  ['merge.refused-unwritable', input(), world({ rules: [rule({ action: 'own_words' as never })] })],
  [
    'merge.refused-outranked',
    input(),
    world({
      rules: [rule(), rule({ id: 'r2', ruleType: 'allow', personId: null, createdAt: '2026-02-01T00:00:00Z' })],
    }),
  ],
])('%s: nothing is planned', (key, asked, given) => {
  const plan = planMerge(asked, given);
  expect([plan.refusal?.key, plan.steps, plan.moves]).toEqual([key, [], []]);
});

test('a deny rule that cannot match, is over, or is said by another row refuses nothing', () => {
  const may = { rules: 'no', routes: 'yes', agents: 'yes' } as const;
  for (const rules of [
    [rule({ platformUserId: null })],
    [rule({ expiresAt: '2026-05-01T00:00:00Z' })],
    [rule({ enabled: false })],
    [rule(), rule({ id: 'r2', personId: STAYS })],
  ])
    expect(planMerge(input(), world({ rules, may })).refusal).toBeUndefined();
});

test.each([
  [{ routes: { unseen: 'routes:read' } }, [], ['merge.unseen-routes']],
  [{ routes: { items: [], missing: ['WhatsApp'] } }, [], ['merge.unseen-some-routes']],
  [{ agents: { unseen: 'agents:read' } }, ['merge.unseen-agents'], []],
  [{ automations: { unseen: 'automations:read' } }, ['merge.unseen-automations'], []],
  [{ agents: Array.from({ length: 200 }, () => agent()) }, ['merge.unseen-some-agents'], []],
] as [Partial<MergeWorld>, string[], string[]][])('what cannot be seen is named: %j', (part, unknowns, losses) => {
  const plan = planMerge(input(), world(part));
  expect(keys(plan.unknowns)).toEqual(['merge.participants', ...unknowns]);
  expect(keys(plan.losses)).toEqual(losses);
});

const other = route({ id: 'fffffff2-0000-4000-8000-000000000002', personId: STAYS, label: 'outra' });

test.each([
  ['merge.route-lost', [route()], { may: { rules: 'yes', routes: 'no', agents: 'yes' } }],
  ['merge.route-kept', [route(), other], {}],
  ['merge.route-no_agent', [route({ agentId: null })], { agents: [] }],
  ['merge.route-unwritable', [route({ label: 'x'.repeat(5000) })], {}],
] as [string, Route[], Partial<MergeWorld>][])('%s is a loss, and named', (key, items, more) => {
  const plan = planMerge(input(), world({ routes: { items, missing: [] }, ...more }));
  expect(keys(plan.losses)).toEqual([key]);
  expect(plan.typed).toBeDefined();
});

test('a route of theirs moves where it can, or takes the place of the survivor’s when so chosen', () => {
  const items = [route(), other];
  const chosen = input({ routes: { [route().id]: 'replace' } });
  const given = world({ routes: { items, missing: [] } });
  expect(keys(planMerge(chosen, given).losses)).toEqual(['merge.route-replaced']);
  expect(planMerge(input(), world({ routes: { items: [route()], missing: [] } })).losses).toEqual([]);
});

test('an agent keeps an owner only where this key may write agents', () => {
  const agents = [agent({ ownerId: GOES })];
  expect(planMerge(input(), world({ agents })).losses).toEqual([]);
  const may = { rules: 'yes', routes: 'yes', agents: 'no' } as const;
  expect(keys(planMerge(input(), world({ agents, may })).losses)).toEqual(['merge.lost-owner']);
});

test.each([
  [
    'other',
    'refused',
    {
      goes: side(GOES, { displayName: 'Ana' }),
      stays: side(STAYS),
      may: { rules: 'no', routes: 'yes', agents: 'yes' },
      rules: [rule()],
    },
  ],
  [
    'this',
    'loses',
    {
      stays: side(STAYS, { displayName: 'Ana' }),
      routes: { items: [route({ personId: STAYS })], missing: [] },
      may: { rules: 'yes', routes: 'no', agents: 'yes' },
    },
  ],
  ['other', 'loses', { routes: { items: [route()], missing: [] }, may: { rules: 'yes', routes: 'no', agents: 'yes' } }],
  ['other', 'history', { goes: side(GOES, {}, undefined, 9) }],
  ['this', 'older', { goes: side(GOES, { createdAt: '2026-03-01T00:00:00Z' }) }],
  ['either', 'equal', {}],
] as [string, string, Partial<MergeWorld>][])('%s better stays, because of: %s', (better, why, part) => {
  const given = world(part);
  expect(adviseMerge(STAYS, GOES, given)).toMatchObject({ better, why });
  const mirrored = { this: 'other', other: 'this', either: 'either' }[better];
  const swapped = { ...given, goes: given.stays, stays: given.goes };
  expect(adviseMerge(GOES, STAYS, swapped)).toMatchObject({ better: mirrored, why });
});
