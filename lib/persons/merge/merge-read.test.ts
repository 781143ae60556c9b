import { expect, test } from 'vitest';
import { unhandledWhile } from '#lib/guards/unhandled-while.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { readMergeFacts } from './merge-read.ts';

const server = { id: 'demo', name: 'Demo', url: 'http://127.0.0.1:1' };
const pair = {
  duplicate: '00000000-0000-4000-8000-000000000001',
  survivor: '00000000-0000-4000-8000-000000000002',
};

test('persons.merge: a key that dies while a merge is read throws once, and leaves no unhandled rejection', async () => {
  const left = new Error('NEXT_REDIRECT');
  const omni = { ...omniAs(new Credential(server, 'omni_sk_dead')), request: () => Promise.reject(left) };
  const unhandled = await unhandledWhile(() => expect(readMergeFacts(pair, omni, ['*'])).rejects.toBe(left));
  expect(unhandled).toEqual([]);
});
