import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { getPerson, patchPerson } from '#lib/omni/resources/persons.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { ownScene } from '#lib/persons/testing/own-scene.ts';
import { must } from '#lib/persons/testing/watched-merge.ts';
import { WHATSAPP } from '#lib/persons/testing/scene.ts';

const scene = ownScene();

/** Keys that every object inherits, nested ones too, numbers, one letter written in two ways, long ones. */
const HOSTILE = `{"__proto__":{"a":1},"constructor":"x","toString":{"__proto__":2},"2":"b","10":"a","é":1,"e\\u0301":2,"${'k'.repeat(600)}":""}`;

async function personWith(metadata: string | null): Promise<string> {
  const { person, rows } = personRows({ displayName: `Chave ${randomUUID().slice(0, 4)}` }, [
    { instanceId: WHATSAPP, messageCount: 1 },
  ]);
  await scene.control.rows({
    persons: [{ ...person, metadata: metadata && (JSON.parse(metadata) as object) }],
    platform_identities: rows,
  });
  return person.id;
}

/** The metadata as Omni holds it, with sorted keys. */
async function metadataOf(id: string): Promise<unknown[] | null> {
  const { metadata } = await must(getPerson(scene.omni, id));
  return metadata && entriesOf(metadata);
}

const entriesOf = (of: object): unknown[] => Object.entries(of).toSorted(([a], [b]) => (a < b ? -1 : 1));
const parsed = (text: string) => entriesOf(JSON.parse(text) as object);

test('persons.edit: keys that every object inherits are kept beside another one, added, and restored by undo', async () => {
  const id = await personWith(HOSTILE);
  expect(await metadataOf(id)).toEqual(parsed(HOSTILE));
  const more = HOSTILE.replace('"é":1', '"é":9,"valueOf":null');
  const edit = { id, changes: { metadata: more }, expects: { metadata: HOSTILE } };
  const edited = await carryOut(scene.runner, 'persons.edit', edit);
  expect(edited.status).toBe('done');
  expect(await metadataOf(id)).toEqual(parsed(more));
  const removed = await carryOut(scene.runner, 'persons.edit', {
    id,
    changes: { metadata: '{"a":1}' },
    expects: { metadata: more },
  });
  expect(removed.body.plan.changes?.map(({ more: said }) => said?.key)).toContain('__proto__');
  expect(await metadataOf(id)).toEqual([['a', 1]]);
  expect((await undoEntry(scene.runner, removed.id)).status).toBe('done');
  expect(await metadataOf(id)).toEqual(parsed(more));
});

test('persons.merge: keys that every object inherits are kept, and come back by undo', async () => {
  const [duplicate, survivor] = [await personWith(HOSTILE), await personWith(null)];
  const input = { duplicate, survivor, reason: '', fields: {}, routes: {} };
  const merged = await carryOut(scene.runner, 'persons.merge', input);
  expect(merged.status).toBe('done');
  expect(await metadataOf(survivor)).toEqual(parsed(HOSTILE));
  const undone = await undoEntry(scene.runner, merged.id);
  const back = String(undone.steps.find((step) => step.id.startsWith('new-person:'))?.result);
  expect(await metadataOf(survivor)).toBeNull();
  expect(await metadataOf(back)).toEqual(parsed(HOSTILE));
});

test('persons.merge: an empty value under a key that every object inherits is said to be lost', async () => {
  const [duplicate, survivor] = [await personWith('{"__proto__":{},"a":1}'), await personWith('{"a":1,"b":2}')];
  const input = { duplicate, survivor, reason: '', fields: { metadata: 'survivor' }, routes: {} };
  const merged = await carryOut(scene.runner, 'persons.merge', input);
  expect(JSON.stringify(merged.body.plan.changes)).toContain('__proto__');
});

test('persons.edit: undo leaves what somebody else wrote since, of metadata each key', async () => {
  const id = await personWith('{"a":1}');
  const edited = await carryOut(scene.runner, 'persons.edit', {
    id,
    changes: { metadata: '{"a":2,"b":1}' },
    expects: { metadata: '{"a":1}' },
  });
  await must(patchPerson(scene.omni, id, { metadata: { a: 2, b: 1, crm: '42' } }));
  expect((await undoEntry(scene.runner, edited.id)).status).toBe('done');
  expect(await metadataOf(id)).toEqual([
    ['a', 1],
    ['crm', '42'],
  ]);
  const named = await carryOut(scene.runner, 'persons.edit', {
    id,
    changes: { displayName: 'Ana', avatarUrl: 'https://a.example/a.png' },
  });
  await must(patchPerson(scene.omni, id, { displayName: 'Ana Paula' }));
  const back = await undoPreview(scene.runner, named.id);
  expect(back.ok && back.plan.refusal?.key).toBe('edit.clash');
  expect((await must(getPerson(scene.omni, id))).displayName).toBe('Ana Paula');
});
