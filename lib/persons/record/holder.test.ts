import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { findHolder } from './holder.ts';

const { sandbox, control } = await ownSandbox({ persons: 20 });

test('findHolder: that nobody holds it is said only where the search was answered', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  const identity = { id: crypto.randomUUID(), platformUserId: '5511955509999@s.whatsapp.net' };
  expect(await findHolder(omni, identity)).toEqual({ ok: true, value: null });
  await control.fault({ kind: 'status', status: 500, path: '/persons$', query: 'search=', times: null });
  expect(await findHolder(omni, identity)).toMatchObject({ ok: false, error: { kind: 'unavailable' } });
  await control.clearFaults();
});
