import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { findTargets } from './find-targets.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

let sandbox: Sandbox;
let control: Control;
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
  const chats = Array.from({ length: 120 }, (_, at) => ({ instanceId: WHATSAPP, name: `Zumbi ${at}` }));
  await control.rows({ chats });
});
afterAll(() => sandbox.stop());
afterEach(() => control.clearFaults());

async function missed(text: string, scopes: string[] | null = null) {
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  // Nobody is signed in to go on with a walk through the directory: only Omni's own search is asked.
  const found = await findTargets({ omni, sid: randomUUID(), isLive: () => Promise.resolve(false) }, scopes, text);
  return found.missed;
}

describe('routes list: findTargets tells why something may be missed', () => {
  test('a list that ends is the limit, of chats alone', async () => {
    expect(await missed('zumbi')).toEqual({ chat: 'limit', user: 'nothing' });
  });

  test('a read that fails is a failure, and only of what it was about', async () => {
    await control.fault({ kind: 'status', status: 500, path: '/chats$', times: null });
    expect(await missed('zxq')).toEqual({ chat: 'failed', user: 'nothing' });
    await control.clearFaults();
    await control.fault({ kind: 'status', status: 500, path: '/persons$', times: null });
    expect(await missed('zxq')).toEqual({ chat: 'nothing', user: 'failed' });
  });

  test('a missing permission is neither', async () => {
    expect(await missed('zxq', ['persons:read'])).toEqual({ chat: 'forbidden', user: 'nothing' });
    expect(await missed('zxq', ['chats:read'])).toEqual({ chat: 'nothing', user: 'forbidden' });
  });

  test('an id that nobody has is no name that was missed', async () => {
    expect(await missed(randomUUID())).toEqual({ chat: 'nothing', user: 'nothing' });
  });
});
