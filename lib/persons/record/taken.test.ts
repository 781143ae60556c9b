import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test, vi } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { openDirectory } from '#lib/persons/people-index/directory.ts';
import { whoHasEmail } from './taken.ts';

// Of people without activity Omni lists the lowest ids.
const holder = 'ffffffff-ffff-4fff-8fff-ffffffffffff';

const { sandbox, control } = await ownSandbox({ persons: 10 });
beforeAll(async () => {
  await control.rows({
    persons: [
      ...Array.from({ length: 120 }, (_, at) => ({
        id: randomUUID(),
        displayName: `Outra ${at}`,
        primaryEmail: `outra${at}ana@example.com`,
        primaryPhone: null,
      })),
      { id: holder, displayName: 'Ana', primaryEmail: 'Ana@example.com', primaryPhone: null },
    ],
  });
});

test('persons.edit: an email that more people contain than Omni lists is looked for in the directory, and never called free unseen', async () => {
  const omni = omniFor(sandbox.url, sandbox.keys.admin);
  expect(await whoHasEmail(omni, 'ana@example.com', null)).toEqual({ ok: true, value: 'unsure' });
  expect(await whoHasEmail(omni, 'nobody@example.com', null)).toEqual({ ok: true, value: null });
  const reader = { omni, sid: 'ana', isLive: () => Promise.resolve(true) };
  await vi.waitUntil(async () => {
    const opened = await openDirectory(reader);
    return opened.ok && opened.value.state.whole;
  });
  expect(await whoHasEmail(omni, 'ana@example.com', null)).toEqual({ ok: true, value: { id: holder, name: 'Ana' } });
  expect(await whoHasEmail(omni, 'ana@example.com', holder)).toEqual({ ok: true, value: null });
});
