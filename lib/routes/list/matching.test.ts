import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { NO_FILTER, type RoutesFilter } from './list-filter.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { valueOf } from '#lib/omni/seen.ts';
import { agentsSeen, readRoutes } from './list.ts';
import { matchingRows } from './matching.ts';
import type { RouteName } from './route-name.ts';

const [instanceId, chatId, personId] = [randomUUID(), randomUUID(), randomUUID()];

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  await control.rows({
    instances: [{ id: instanceId, name: 'Loja' }],
    chats: [{ id: chatId, instanceId, name: 'Vendas – São Paulo' }],
    persons: [{ id: personId, displayName: 'João Conceição' }],
    agent_routes: [
      { instanceId, scope: 'chat', chatId, label: 'Plantão' },
      { instanceId, scope: 'user', personId, label: 'Fila' },
    ],
  });
});

async function labels(filter: Partial<RoutesFilter>, options: Parameters<typeof matchingRows>[5] = {}) {
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const { rows } = await readRoutes(omni, [{ id: instanceId, name: 'Loja' }], agentsSeen(valueOf([])));
  const kept = await matchingRows(omni, null, rows, { ...NO_FILTER, ...filter }, new Set(), options);
  return kept.map(({ label }) => label);
}

test('matchingRows counts words of a name, without accents, beside words of the row', async () => {
  expect(await labels({})).toHaveLength(2);
  expect(await labels({ q: 'vendas sao' })).toEqual(['Plantão']);
  expect(await labels({ q: 'fila conceicao' })).toEqual(['Fila']);
  expect(await labels({ q: 'vendas sao', scope: 'user' })).toEqual([]);
});

test('matchingRows tells of a name that could not be read: its route may belong to the rows', async () => {
  await control.fault({ kind: 'status', status: 500, path: `/persons/${personId}$`, times: null });
  const failed: string[] = [];
  const onName = ({ id, state }: RouteName) => void (state === 'failed' && failed.push(id));
  // A key of its own: no name is at hand.
  const [secret] = [`omni_sk_${randomUUID().replaceAll('-', '')}`];
  await control.rows({ api_keys: [{ secret, scopes: ['*'] }] });
  const omni = omniFor(sandbox.url, secret);
  const { rows } = await readRoutes(omni, [{ id: instanceId, name: 'Loja' }], agentsSeen(valueOf([])));
  const kept = await matchingRows(omni, null, rows, { ...NO_FILTER, q: 'conceicao' }, new Set(), { onName });
  await control.clearFaults();
  expect([kept, failed]).toEqual([[], [personId]]);
});

test('matchingRows does not ask for targets of the other kind', async () => {
  await control.clearCalls();
  await labels({ q: `nada ${randomUUID()}` }, { scope: 'chat' });
  const { items } = await control.calls();
  expect(items.filter(({ path }) => path.startsWith('/persons'))).toEqual([]);
});
