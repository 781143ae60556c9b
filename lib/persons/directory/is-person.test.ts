import { expect, test } from 'vitest';
import { ownBed } from '#lib/operations/testing/own-bed.ts';
import { isPerson } from './is-person.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const GONE = '7b0f1c2d-3e4f-4a5b-8c6d-7e8f90a1b2c3';

const { control, db, omni } = await ownBed({ persons: 20 });

test('isPerson: a person of Omni is one; a route, a key and an unknown id are not', async () => {
  const [route] = await control.sql('SELECT id FROM agent_routes LIMIT 1', []);
  const [key] = await control.sql('SELECT id FROM api_keys LIMIT 1', []);
  expect(await isPerson(db, 'demo', omni, JOAO)).toBe(true);
  for (const id of [String(route?.id), String(key?.id), GONE]) expect(await isPerson(db, 'demo', omni, id)).toBe(false);
});

test('isPerson: an id that only the journal has is a person on that server', async () => {
  await db
    .insertInto('operation_subjects')
    .values([
      { entry_id: GONE, server: 'demo', subject: `person:${GONE}` },
      { entry_id: GONE, server: 'demo', subject: `route:${JOAO}` },
    ])
    .execute();
  expect(await isPerson(db, 'demo', omni, GONE)).toBe(true);
  expect(await isPerson(db, 'other', omni, GONE)).toBe(false);
});
