import { omniFor } from '#lib/operations/testing/bed.ts';
import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { searchPeople, type PersonHit } from './search.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** Who has no phone, as most people: only a handle tells how to reach them. */
const HANDLES = {
  mobile: '5511987654321@s.whatsapp.net',
  'without the ninth': '551187654321@s.whatsapp.net',
  landline: '551134567890@s.whatsapp.net',
  'mobile that ends like the landline': '5511934567890@s.whatsapp.net',
  foreign: '14155552671@s.whatsapp.net',
  username: 'joao_pedro.souza',
};

const ids = new Map<string, string>();

const { sandbox, control } = await ownSandbox({ persons: 20 });
beforeAll(async () => {
  for (const who of Object.keys(HANDLES)) ids.set(randomUUID(), who);
  await control.rows({
    persons: [...ids.keys()].map((id) => ({ id, displayName: `Zé ${id.slice(0, 4)}`, primaryPhone: null })),
    platform_identities: [...ids].map(([personId, who]) => ({
      id: randomUUID(),
      personId,
      instanceId: WHATSAPP,
      channel: 'whatsapp-cloud',
      platformUserId: HANDLES[who as keyof typeof HANDLES],
      messageCount: 1,
    })),
  });
});

async function found(query: string): Promise<{ who: string; matchedBy: PersonHit['matchedBy'] }[]> {
  let last: PersonHit[] = [];
  for await (const { hits } of searchPeople(omniFor(sandbox.url, sandbox.keys.admin), query)) last = hits;
  return last.flatMap(({ id, matchedBy }) => (ids.has(id) ? [{ who: ids.get(id) ?? '', matchedBy }] : []));
}

test.each([
  ['(11) 98765-4321', ['mobile', 'without the ninth']],
  ['11 8765-4321', ['mobile', 'without the ninth']],
  ['+55 11 98765-4321', ['mobile', 'without the ninth']],
  ['98765-4321', ['mobile', 'without the ninth']],
  ['11987654321', ['mobile', 'without the ninth']],
  ['(11) 98765-4', ['mobile']],
  ['(11) 98765-432', ['mobile']],
  ['8765-43', ['mobile', 'without the ninth']],
  ['(11) 3456-7890', ['landline']],
  ['(11) 93456-7890', ['mobile that ends like the landline']],
  ['(415) 555-2671', ['foreign']],
  ['+1 415 555 2671', ['foreign']],
  ['joao_pedro.souza', ['username']],
  ['@joao_pedro.souza', ['username']],
  ['_', []],
  ['100%', []],
])('search for %s: people with only a handle are found by it', async (query, expected) => {
  const all = await found(query);
  expect(all.map(({ who }) => who).sort()).toEqual([...expected].sort());
  expect(all.every(({ matchedBy }) => matchedBy === 'handle')).toBe(true);
});
