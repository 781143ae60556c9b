import { expect, test } from 'vitest';
import { unhandledWhile } from '#lib/guards/unhandled-while.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Session } from '#lib/session/session.ts';
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
