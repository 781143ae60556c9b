import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { credentialFor, sendJson, startServer } from '#lib/omni/testing/fixture-server.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import { omniAs } from '#lib/omni/door/request.ts';

/** Runs in bare Node as React's server graph, with the part of a renderer that `cache()` asks for. */
const SCRIPT = `
  import React from 'react';
  import { Credential } from '#lib/omni/door/credential.ts';
  import { getPerson, searchPersons } from '#lib/omni/resources/persons.ts';
  import { readingFresh } from '#lib/omni/cache/read.ts';
  import { omniAs } from '#lib/omni/door/request.ts';
  const internals = React.__SERVER_INTERNALS_DO_NOT_USE_OR_WARN_USERS_THEY_CANNOT_UPGRADE;
  const render = () => {
    const caches = new Map();
    internals.A = { getCacheForType: (make) => caches.get(make) ?? (caches.set(make, make()), caches.get(make)) };
  };
  const credential = new Credential({ id: 'x', name: 'X', url: process.argv[1] }, 'omni_sk_1');
  const omni = omniAs(credential);
  const ids = [1, 1, 2].map((n) => 'dddddd0' + n + '-0000-4000-8000-000000000001');
  const ask = (handle) => Promise.all(ids.map((id) => getPerson(handle, id)));
  const calls = [];
  const count = async (what) => {
    const before = Number(await (await fetch(process.argv[1] + '/count')).text());
    await what();
    calls.push(Number(await (await fetch(process.argv[1] + '/count')).text()) - before);
  };
  render();
  await count(() => ask(omni));
  await count(() => ask(omni));
  await count(() => ask(omniAs(credential)));
  await count(() => ask(readingFresh(omni)));
  await count(() => searchPersons(omni, { search: 'a' }));
  await count(() => searchPersons(omni, { search: 'a' }, new AbortController().signal));
  render();
  await count(() => ask(omni));
  console.log(JSON.stringify(calls));
`;

test('read: one render asks once, the next one again, and a fresh handle every time', async () => {
  let asked = 0;
  const server = await startServer((response, { path }) => {
    if (path === '/count') return response.end(String(asked));
    asked += 1;
    return sendJson(response, 404, { error: { code: 'NOT_FOUND', message: 'Person not found' } });
  });
  const flags = ['--conditions=react-server', '--input-type=module', '-e', SCRIPT, server.url];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, flags);
  await server.stop();
  expect(stderr).toBe('');
  expect(JSON.parse(stdout)).toEqual([2, 0, 2, 3, 1, 1, 2]);
});

test('outside a render every read asks', async () => {
  const server = await startServer((response) => sendJson(response, 200, { status: 'healthy' }));
  const omni = omniAs(credentialFor(server.url));
  await getHealth(omni);
  await getHealth(omni);
  expect(server.heard).toHaveLength(2);
  await server.stop();
});
