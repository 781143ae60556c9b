import { expect, test } from 'vitest';
import { unhandledWhile } from '#lib/guards/unhandled-while.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Session } from '#lib/session/session.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { readDirectory } from './read-directory.ts';
import { routesParams } from './search-params.ts';

const server = { id: 'demo', name: 'Demo', url: 'http://127.0.0.1:1' };
const session = { scopes: ['*'], server, capabilities: { generation: 'current' } } as unknown as Session;

test('routes: a key that dies during a search throws once, and leaves no unhandled rejection', async () => {
  const left = new Error('NEXT_REDIRECT');
  const omni = { ...omniAs(new Credential(server, 'omni_sk_dead')), request: () => Promise.reject(left) };
  const filter = routesParams.parse({ q: 'Silva' });
  const unhandled = await unhandledWhile(() => expect(readDirectory(omni, session, filter)).rejects.toBe(left));
  expect(unhandled).toEqual([]);
});

test('routes: agents that do not come in time are late, not none, and follow the page', async () => {
  const sandbox = await startSandbox({ port: 0, persons: 20 });
  const control = createControl(sandbox.url);
  await control.fault({ kind: 'latency', ms: 1500, path: '/agents$', times: 1 });
  const read = await readDirectory(omniFor(sandbox.url, sandbox.keys.admin), session, routesParams.parse({}));
  if (!read.ok) throw new Error(read.error.kind);
  const { agents, lateAgents } = read.value.props;
  expect(agents).toMatchObject({ is: 'failed', problem: { code: 'unreachable_timeout' } });
  const followed = await lateAgents;
  expect(followed?.is === 'value' && followed.value.map(({ name }) => name)).toContain('Vendas');
  await sandbox.stop();
});
