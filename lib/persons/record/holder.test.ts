import { afterAll, beforeAll, expect, test } from 'vitest';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { findHolder } from './holder.ts';

let sandbox: Sandbox;
let control: Control;

beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, persons: 20 });
  control = createControl(sandbox.url);
});
afterAll(() => sandbox.stop());

test('findHolder: that nobody holds it is said only where the search was answered', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const identity = { id: crypto.randomUUID(), platformUserId: '5511955509999@s.whatsapp.net' };
  expect(await findHolder(omni, identity)).toEqual({ ok: true, value: null });
  await control.fault({ kind: 'status', status: 500, path: '/persons$', query: 'search=', times: null });
  expect(await findHolder(omni, identity)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  await control.clearFaults();
});
