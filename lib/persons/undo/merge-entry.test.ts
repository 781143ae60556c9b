import { expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import type { EntryReader } from '#lib/operations/journal/list.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { mergeEntryOf } from './merge-entry.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const ana: EntryReader = { server: 'demo', actor: 'demo/Ana', scopes: ['persons:write'] };

const { control, db, runner } = await ownBed({ persons: 20 });

test('persons.merge: the entry is found by the two people, by who may read it, also when it was undone', async () => {
  const people = ['Ana', 'Ana S.'].map((displayName) => personRows({ displayName }, [{ instanceId: WHATSAPP }]));
  await control.rows({
    persons: people.map(({ person }) => person),
    platform_identities: people.flatMap(({ rows }) => rows),
  });
  const [survivor, duplicate] = people.map(({ id }) => id);
  if (!survivor || !duplicate) throw new Error('nobody');
  const both = { survivor, duplicate };
  expect(await mergeEntryOf(db, ana, both)).toBeNull();
  const merged = await carryOut(runner, 'persons.merge', { ...both, reason: '', fields: {}, routes: {} });
  expect(merged.status).toBe('done');
  expect((await mergeEntryOf(db, ana, both))?.id).toBe(merged.id);
  expect((await mergeEntryOf(db, { ...ana, actor: 'demo/rui', scopes: ['*'] }, both))?.id).toBe(merged.id);
  expect(await mergeEntryOf(db, { ...ana, actor: 'demo/rui' }, both)).toBeNull();
  expect(await mergeEntryOf(db, { ...ana, server: 'other' }, both)).toBeNull();
  expect(await mergeEntryOf(db, ana, { ...both, survivor: crypto.randomUUID() })).toBeNull();
  const { id: undoneBy } = await undoEntry(runner, merged.id);
  expect(await mergeEntryOf(db, ana, both)).toMatchObject({ id: merged.id, undoneBy });
});

test('persons.merge-many: a pair finds the merge of many that merged it, and not one that both were merged away by', async () => {
  const people = ['Bia', 'Bia S.', 'Bia Souza', 'Rui', 'Rui M.'].map((displayName) =>
    personRows({ displayName }, [{ instanceId: WHATSAPP }]),
  );
  await control.rows({
    persons: people.map(({ person }) => person),
    platform_identities: people.flatMap(({ rows }) => rows),
  });
  const [bia = '', second = '', third = '', rui = '', other = ''] = people.map(({ id }) => id);
  const groups = { survivor: bia, duplicates: [second, third], also: [{ survivor: rui, duplicates: [other] }] };
  const merged = await carryOut(runner, 'persons.merge-many', { ...groups, reason: '' });
  expect(merged.status).toBe('done');
  const entryOf = (survivor: string, duplicate: string) => mergeEntryOf(db, ana, { survivor, duplicate });
  for (const [survivor, duplicate] of [
    [bia, second],
    [bia, third],
    [rui, other],
  ] as const)
    expect((await entryOf(survivor, duplicate))?.id).toBe(merged.id);
  for (const [survivor, duplicate] of [
    [second, third],
    [rui, second],
    [bia, other],
    [second, bia],
  ] as const)
    expect(await entryOf(survivor, duplicate)).toBeNull();
});
