import { randomUUID } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { openStore } from '#lib/store/database.ts';
import { withKnown } from './read-known.ts';
import { ownKeyOf, readAllKeys } from './read-all.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { newKey } from '#lib/keys/testing/bed.ts';

const { sandbox, control } = await ownSandbox({ persons: 20 });

test('withKnown: keys beyond the hundred that this console created are read one by one, and none where all are listed', async () => {
  const db = await openStore({ file: join(mkdtempSync(join(tmpdir(), 'omni-known-')), 'console.db') });
  const admin = omniFor(sandbox.url, sandbox.keys.admin);
  const few = await readAllKeys(admin);
  if (!few.ok) throw new Error(few.error.kind);
  expect(await withKnown(db, admin, few.value)).toBe(few.value);
  const more = { createdAt: (Date.now() + 2_000_000) * 1000 };
  const [made, gone] = [await newKey(control, more), randomUUID()];
  const sent = (id: string) => ({
    entry_id: randomUUID(),
    server: 'demo',
    subject: `key:${id}`,
    label: 'k',
    sent_at: Date.now(),
    shown_at: null,
  });
  await db.insertInto('secrets_sent').values([made.id, gone].map(sent)).execute();
  const known = await withKnown(db, admin, { ...few.value, hidden: ['active'] });
  expect(known.keys.slice(few.value.keys.length).map(({ key }) => key.id)).toEqual([made.id]);
  await db.destroy();
});

test('readAllKeys and ownKeyOf: the own key is found among the listed, and by its id beyond the hundred', async () => {
  const admin = omniFor(sandbox.url, sandbox.keys.admin);
  const few = await readAllKeys(admin);
  if (!few.ok) throw new Error(few.error.kind);
  expect((await ownKeyOf(admin, few.value, null))?.key.name).toBe('__primary__');
  const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: randomUUID(), scopes: ['a:b'] }));
  await control.rows({ api_keys: crowd });
  const createdAt = (Date.now() + 1_000_000) * 1000;
  const mine = await newKey(control, { scopes: ['keys:read'], createdAt });
  const omni = omniFor(sandbox.url, mine.secret);
  const many = await readAllKeys(omni);
  if (!many.ok) throw new Error(many.error.kind);
  expect(many.value.hidden).toEqual(['active']);
  expect(await ownKeyOf(omni, many.value, null)).toBeNull();
  expect((await ownKeyOf(omni, many.value, mine.id))?.key.id).toBe(mine.id);
  expect(await ownKeyOf(omni, many.value, many.value.keys[0]?.key.id ?? null)).toBeNull();
});
