import { expect, test } from 'vitest';
import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { ABSENT, LATE, valueOf } from '#lib/omni/seen.ts';
import type { MergeFacts } from './merge-facts.ts';
import {
  agent,
  DUPLICATE,
  effect,
  facts,
  FAILED,
  HERE,
  input,
  planMerge,
  record,
  route,
  rule,
  SURVIVOR,
  wa,
} from '#lib/persons/testing/merge-case.ts';

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

test('persons.merge: an automation is named where the duplicate’s own id stands in it, and of entries of before always', () => {
  const lost = (ids?: string[]) =>
    keys(
      planMerge(input(), facts({ automations: valueOf([{ id: 'a1', name: 'Avisar', ...(ids ? { ids } : {}) }]) }))
        .losses,
    );
  expect(lost([DUPLICATE])).toEqual(['effect.automation-names']);
  expect(lost([SURVIVOR])).toEqual([]);
  expect(lost()).toEqual(['effect.automation-names']);
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
