import { expect, test } from 'vitest';
import { RETIRED_TEXTS } from '#lib/operations/journal/retired-texts.ts';
import { bodyToday, operationToday, stepRecordToday, textsToday } from '#lib/operations/journal/read-old-names.ts';
import type { EntryBody } from '#lib/operations/journal/entry.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import en from '#messages/en.json';
import ptBR from '#messages/pt-BR.json';
import type { Json, PlannedStep } from '#lib/operations/plan/define.ts';

const GONE = 'dddddd01-0000-4000-8000-000000000001';
const KEPT = 'dddddd02-0000-4000-8000-000000000002';
const title = { key: 'unmerge.title', values: { goes: 'Ana', stays: 'Bia' } };

function body(input: Json, before: Json, steps: [id: string, kind: string, args: Json][] = []): EntryBody {
  const planned = steps.map(([id, kind, args]): PlannedStep => ({ id, kind, title, args }));
  const none = { moves: [], losses: [], unknowns: [], warnings: [], command: { none: title } };
  return {
    input,
    before,
    plan: { title, effects: {}, steps: planned, ...none },
    who: { keyName: 'k', yourName: null },
  };
}

test('persons.merge: an entry of before is read with the names of today, and what people wrote is left alone', () => {
  const person = { metadata: { goes: 'to school', stays: 'here', first: 'first:1' } };
  const old = body(
    { goes: GONE, stays: KEPT, reason: 'she goes', fields: { displayName: 'goes', metadata: 'stays' }, routes: {} },
    { goes: { person, identities: [] }, stays: null, rules: { unseen: 'access:read' } },
    [
      ['merge', 'merge', { goes: GONE, stays: KEPT, reason: 'she goes' }],
      ['fields', 'fields', person],
    ],
  );
  const now = bodyToday('persons.merge', old);
  expect(now.input).toEqual({
    duplicate: GONE,
    survivor: KEPT,
    reason: 'she goes',
    fields: { displayName: 'duplicate', metadata: 'survivor' },
    routes: {},
  });
  expect(now.before).toEqual({
    duplicate: { person, identities: [] },
    survivor: null,
    rules: { is: 'forbidden', scope: 'access:read' },
  });
  expect(now.plan.steps.map(({ args }) => args)).toEqual([
    { duplicate: GONE, survivor: KEPT, reason: 'she goes' },
    person,
  ]);
  expect(now.plan.title).toEqual({ key: 'merge-undo.title', values: { duplicate: 'Ana', survivor: 'Bia' } });
});

test('persons.merge-many: an entry of before is read with the names of today', () => {
  const old = body({ goes: [GONE], stays: KEPT, reason: '' }, { shared: { stays: null, rules: [] }, goes: [null] }, [
    ['0/merge', 'merge', { pair: 0, args: { goes: GONE, stays: KEPT, reason: '' } }],
  ]);
  const now = bodyToday('persons.merge-many', old);
  expect([now.input, now.before, now.plan.steps[0]?.args]).toEqual([
    { duplicates: [GONE], survivor: KEPT, reason: '' },
    { shared: { survivor: null, rules: { is: 'value', value: [] } }, duplicates: [null] },
    { pair: 0, args: { duplicate: GONE, survivor: KEPT, reason: '' } },
  ]);
});

test('persons.merge-undo: an entry of before is read with the names of today, its steps find each other', () => {
  const fields = { metadata: { made: 'in Brazil', was: 'x' } };
  const one = { was: GONE, fields, identities: [], rules: [{ rule: { made: 1 }, made: 'r' }], owned: [] };
  const old = body(
    { stays: KEPT, people: [{ ...one, routes: [{ route: {}, made: null }] }], fields: [], replaced: [] },
    { stays: null, phonesTaken: [] },
    [
      [`first:${GONE}`, 'unlink', { identity: { id: 'i' }, from: KEPT }],
      ['attach:j', 'attach', { step: 'unlink:j', toStep: `first:${GONE}` }],
      [`fields:${GONE}`, 'write', { step: `first:${GONE}`, fields: { step: 'first:x' } }],
      ['rule:r', 'rule', { index: 0, first: `first:${GONE}`, body: {} }],
    ],
  );
  const now = bodyToday('persons.unmerge', old);
  expect(now.input).toEqual({
    survivor: KEPT,
    people: [
      {
        ...one,
        rules: [{ rule: { made: 1 }, created: 'r' }],
        routes: [{ route: {}, created: null }],
      },
    ],
    fields: [],
    replaced: [],
  });
  expect(now.before).toEqual({ survivor: null, phonesTaken: [] });
  expect(now.plan.steps.map(({ id, args }) => [id, args])).toEqual([
    [`new-person:${GONE}`, { identity: { id: 'i' }, from: KEPT }],
    ['attach:j', { step: 'unlink:j', toStep: `new-person:${GONE}` }],
    [`fields:${GONE}`, { step: `new-person:${GONE}`, fields: { step: 'first:x' } }],
    ['rule:r', { index: 0, personStep: `new-person:${GONE}`, body: {} }],
  ]);
  expect(stepRecordToday('persons.unmerge', { id: `first:${GONE}` } as never).id).toBe(`new-person:${GONE}`);
  expect(bodyToday('persons.merge-undo', now)).toEqual(now);
});

test('operations of persons: names of before lead to those of today', () => {
  const names = ['persons.restore', 'persons.unmerge', 'persons.put-back', 'persons.move-identity', 'persons.edit'];
  expect(names.map(operationToday)).toEqual([
    'persons.edit',
    'persons.merge-undo',
    'persons.unlink-undo',
    'persons.link',
    'persons.edit',
  ]);
  expect(
    textsToday([{ key: 'many.of' }, { key: 'edit.gone' }, { key: 'move.last' }, { key: 'put-back.title' }]),
  ).toEqual([{ key: 'merge-many.of' }, { key: 'edit.gone' }, { key: 'link.last' }, { key: 'unlink-undo.title' }]);
});

test('operations.journal: sentences that only entries of before say can still be read', () => {
  for (const messages of [en, ptBR])
    expect(Object.keys(messages['plan-old']).toSorted()).toEqual(
      RETIRED_TEXTS.map((key) => key.replaceAll('.', '-')).toSorted(),
    );
});

test('persons.merge: a copy of a rule that an entry of before has not made is refused, and nothing is sent', async () => {
  const nothing = () => Promise.reject(new Error('sent'));
  const context = { args: { index: 0, body: {} }, omni: { request: nothing }, mark: '[console x]' } as never;
  expect(await mergeSteps.rule.still?.(context)).toEqual({ ok: true, value: { key: 'rules.copied' } });
  expect(await mergeSteps.rule.run(context)).toMatchObject({ ok: false, error: { code: 'rule_copy' } });
});
