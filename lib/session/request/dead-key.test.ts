import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { env } from '#lib/env.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { forgeSession } from '#lib/session/testing/forge-session.ts';
import { watchKey } from './dead-key.ts';

Object.assign(process.env, {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  STORE_FILE: ':memory:',
  OMNI_SERVERS: 'Demo=http://127.0.0.1:1',
});

describe('watchKey', () => {
  let sandbox: Sandbox;
  let control: Control;
  let db: Store;
  let sid: string;
  /** A handle of its own, as each action and each run has. */
  let handle: () => Omni;
  beforeAll(async () => {
    sandbox = await startSandbox({ port: 0, persons: 500 });
    control = createControl(sandbox.url);
    db = await openStore({ file: ':memory:' });
  });
  beforeEach(async () => {
    const server = { id: 'demo', name: 'Demo', url: sandbox.url };
    ({ sid } = await forgeSession(db, env(), { serverId: 'demo', key: sandbox.keys.admin }));
    handle = () => watchKey(omniAs(new Credential(server, sandbox.keys.admin), {}), db, sid);
    await control.clearCalls();
  });
  afterEach(() => control.clearFaults());
  afterAll(async () => {
    await sandbox.stop();
    await db.destroy();
  });

  const write = async (omni: Omni, name: string) => {
    const body = { name, type: 'generic' };
    const answer = await omni.request({ method: 'POST', path: '/persons', body, schema: z.unknown() });
    return answer.ok ? 'ok' : answer.error.kind;
  };
  const fifteen = () => Promise.all(Array.from({ length: 15 }, (_, count) => write(handle(), `Ana ${count}`)));
  const callsTo = async (path: RegExp) => (await control.calls()).items.filter((call) => path.test(call.path)).length;
  const endReason = async () => (await readSessionRow(db, sid))?.endReason ?? null;

  test('one 401 on a write among 15 in flight: the key is validated once, the session lives, all are told', async () => {
    await control.fault({ kind: 'status', status: 401, method: 'POST', path: '/persons$' });
    const answers = await fifteen();
    expect(answers.filter((answer) => answer === 'unauthorized')).toHaveLength(1);
    expect(answers).toHaveLength(15);
    expect(await callsTo(/auth\/validate$/)).toBe(1);
    expect(await endReason()).toBeNull();
  });

  test('401 on every write, the validation among them: a read shows that the key lives', async () => {
    await control.fault({ kind: 'status', status: 401, method: 'POST', times: null });
    expect(new Set(await fifteen())).toEqual(new Set(['unauthorized']));
    expect(await endReason()).toBeNull();
  });

  test('a dead key: 15 in flight are told, they ask once, and the session ends', async () => {
    await control.fault({ kind: 'status', status: 401, times: null });
    expect(await fifteen()).toEqual(Array.from({ length: 15 }, () => 'unauthorized'));
    expect(await callsTo(/auth\/validate$/)).toBeLessThan(15);
    expect(await endReason()).toBe('key_dead');
  });

  test('a key that dies after a 401 that meant nothing ends the session through the same handle', async () => {
    const omni = handle();
    await control.fault({ kind: 'status', status: 401, method: 'POST', path: '/persons$' });
    expect(await write(omni, 'Ana')).toBe('unauthorized');
    expect(await endReason()).toBeNull();
    await control.fault({ kind: 'status', status: 401, times: null });
    expect(await write(omni, 'Ana')).toBe('unauthorized');
    expect(await endReason()).toBe('key_dead');
  });
});
