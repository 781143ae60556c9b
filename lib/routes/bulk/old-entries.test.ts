import { expect, test } from 'vitest';
import type { EntryBody } from '#lib/operations/journal/entry.ts';
import { sentencesOf } from '#lib/operations/testing/said.ts';
import { OLD_TEXTS } from '#lib/operations/journal/old-texts.ts';
import { bodyToday, operationToday } from '#lib/operations/journal/read-old-names.ts';
import en from '#messages/en.json' with { type: 'json' };
import { undoBulk } from './bulk.ts';
import type { BulkFacts } from './facts.ts';

const INSTANCE = '11111111-1111-4111-8111-111111111111';
const route = {
  id: 'fffffff1-0000-4000-8000-000000000001',
  instanceId: INSTANCE,
  scope: 'chat',
  targetId: 'cccccc02-0000-4000-8000-000000000002',
  content: { agentId: null, isActive: true, own: 'a setting', insiders: 'another' },
  mediaTypes: false,
  older: false,
};

/** An entry of a release before, as it is stored. */
function entryOf(before: object, undo: EntryBody['undo']): EntryBody {
  const text = { key: 'many.passes', values: { count: 1, instance: 'wa', from: 'Ana', to: 'Bia' } };
  return {
    input: { change: 'delete', routes: [{ instanceId: INSTANCE, id: route.id }] },
    before: JSON.parse(JSON.stringify(before)),
    plan: {
      title: { key: 'many.title-delete', values: { count: 1 } },
      effects: { hands: [] },
      steps: [
        { id: route.id, kind: 'delete', title: { key: 'many.step' }, args: { instanceId: INSTANCE, id: route.id } },
      ],
      moves: [text, { key: 'route.hands-insider', values: { name: 'Rosa', from: 'Ana', to: 'nobody' } }],
      losses: [{ key: 'many.lost', values: { count: 1, own: 0 } }],
      unknowns: [],
      warnings: [],
      command: { none: text },
    },
    who: { keyName: 'k', yourName: null },
    ...(undo ? { undo } : {}),
  };
}

test('routes.bulk and routes.delete read their entries of before: facts, sentences and undo', () => {
  const handover = { routeId: route.id, instanceId: INSTANCE, from: { id: 'a', name: 'Ana' }, to: null, unseen: false };
  const insider = { personId: 'p', name: 'Rosa', from: null, to: null };
  const was = {
    routes: [route],
    agentless: [],
    gone: [],
    handovers: [handover],
    own: 2,
    insiders: [insider],
    names: {},
  };
  for (const name of ['routes.many', 'routes.delete']) {
    const body = bodyToday(name, entryOf(was, { operation: 'routes.recreate', input: { routes: [] } }));
    const facts = body.before as unknown as BulkFacts;
    expect(facts).toMatchObject({
      routes: [route],
      successors: [handover],
      personRoutes: 2,
      participantSuccessors: [insider],
    });
    expect([Object.keys(facts).length, body.undo]).toEqual([
      7,
      { operation: 'routes.delete-undo', input: { routes: [] } },
    ]);
    expect(undoBulk('delete', facts.routes)).toEqual({ operation: 'routes.delete-undo', input: { routes: [route] } });
    expect([...body.plan.moves, ...body.plan.losses, body.plan.title].map(({ key }) => key)).toEqual([
      'effect.answered-others',
      'effect.answered-participant',
      'effect.routes-deleted',
      'bulk.title-delete',
    ]);
  }
});

test('routes.create and routes.edit read their facts of before', () => {
  const was = { serverUrl: 'x', older: false, insiders: [{ route: { insiders: 'a setting' }, name: 'Rosa' }] };
  for (const name of ['routes.create', 'routes.edit'])
    expect(bodyToday(name, entryOf(was, undefined)).before).toEqual({
      serverUrl: 'x',
      older: false,
      participants: was.insiders,
    });
});

test('routes have the names of today for operations of before', () => {
  expect(['routes.many', 'routes.recreate', 'routes.withdraw', 'routes.edit'].map(operationToday)).toEqual([
    'routes.bulk',
    'routes.delete-undo',
    'routes.create-undo',
    'routes.edit',
  ]);
});

test('every sentence of before about routes has a sentence of today', () => {
  const texts: Record<string, string> = sentencesOf(en);
  const ours = Object.entries(OLD_TEXTS).filter(([, now]) => /^(bulk|delete-undo|route|effect)\./.test(now));
  expect(ours.length).toBeGreaterThan(40);
  expect(ours.filter(([was, now]) => !texts[now.replaceAll('.', '-')] || texts[was.replaceAll('.', '-')])).toEqual([]);
});
