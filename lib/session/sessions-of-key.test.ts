import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { openStore } from '#lib/store/database.ts';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { startSandbox } from '../../sandbox/wire/server.ts';
import { actorsOf } from './actor.ts';
import { createSession, type NewSession } from './sessions.ts';
import { othersWithKey } from './sessions-of-key.ts';
import { UNKNOWN_CAPABILITIES } from './sign-in/capabilities.ts';

test('othersWithKey: a session that never learned its key’s id is found by the key itself', async () => {
  const sandbox = await startSandbox({ port: 0, persons: 100 });
  const db = await openStore({ file: join(mkdtempSync(join(tmpdir(), 'omni-sessions-')), 'console.db') });
  const { operator, support } = DEMO_KEYS;
  const credential = (secret: string) => new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, secret);
  const session = (secret: string, more: Partial<NewSession> = {}): NewSession => ({
    server: 'demo',
    actor: actorsOf(credential(secret))[0],
    actorKeyId: null,
    keyName: 'operador',
    yourName: null,
    scopes: null,
    instances: 'unknown',
    capabilities: UNKNOWN_CAPABILITIES,
    ...more,
  });
  const now = Date.now();
  const mine = await createSession(db, session(operator.secret, { yourName: 'Ana', actorKeyId: operator.id }), now);
  await createSession(db, session(operator.secret, { yourName: 'Rui' }), now);
  await createSession(db, session(support.secret, { yourName: 'Eva' }), now);
  const omni = omniAs(credential(sandbox.keys.admin));
  const others = await othersWithKey(db, omni, { server: 'demo', id: operator.id, except: mine }, now, {
    idleMs: 60_000,
    maxMs: 600_000,
  });
  expect(others.map(({ name }) => name)).toEqual(['Rui']);
  await db.destroy();
  await sandbox.stop();
});
