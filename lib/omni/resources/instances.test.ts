import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { listInstancesAndOthers } from './instances.ts';
import { omniAs } from '#lib/omni/door/request.ts';

const { sandbox, control } = await ownSandbox({ persons: 1 });

async function seenBy(instanceIds: string[] | null) {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  await control.rows({ api_keys: [{ secret, scopes: ['instances:read'], instanceIds }] });
  const omni = omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, secret), { actor: 'Ana' });
  const answer = await listInstancesAndOthers(omni);
  if (!answer.ok) throw new Error(answer.error.kind);
  return { count: answer.value.items.length, others: answer.value.others };
}

/** In the order Omni lists them. */
const ids = async () =>
  (await control.sql('SELECT id FROM instances ORDER BY created_at, id')).map(({ id }) => String(id));

async function everyCut() {
  const all = await ids();
  expect(await seenBy(null)).toEqual({ count: all.length, others: false });
  expect(await seenBy(all)).toEqual({ count: all.length, others: false });
  for (const some of [
    [],
    all.slice(0, 1),
    all.slice(-1),
    all.slice(1),
    all.slice(0, -1),
    [all[0] ?? '', all.at(-1) ?? ''],
  ])
    expect([some.length, await seenBy(some)]).toEqual([some.length, { count: some.length, others: true }]);
}

test(
  'listInstancesAndOthers: a key that is not shown every instance learns that there are others, whichever are hidden',
  everyCut,
);

test.each([100, 101])('with %i instances, too', async (many) => {
  const there = (await ids()).length;
  await control.rows({
    instances: Array.from({ length: many - there }, (_, index) => ({
      // Omni's cursor is an id and its order an age (contract §1.6): these ids grow as the ages do.
      id: `ffffffff-ffff-4fff-8fff-${String(there + index).padStart(12, '0')}`,
      name: `i-${there + index}`,
      createdAt: Date.now() + (there + index) * 1000,
    })),
  });
  await everyCut();
});
