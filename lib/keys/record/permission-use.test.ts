import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { completed, refusalOf, undoEntry } from '#lib/operations/testing/runs.ts';
import { runnerOfKeys } from '#lib/keys/testing/bed.ts';
import { callRows } from '#lib/keys/testing/calls.ts';
import { openStore } from '#lib/store/database.ts';
import { KNOWN_SCOPES } from '#lib/scopes/table.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';
import { covers, POLICY_CALLS, PROFILES, scopeOf } from '../../../sandbox/wire/scopes.ts';
import { notLogged, permissionUse, without } from './permission-use.ts';
import { readPermissionUse } from './read-permission-use.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const OPERATOR = PROFILES['console-operator'].scopes;
let runner: Runner;

const { sandbox, control } = await ownSandbox({ persons: 50 });
beforeEach(async () => {
  await control.reset({});
  await control.rateLimit(1_000_000);
  runner = runnerOfKeys(await openStore({ file: ':memory:' }), sandbox.url, DEMO_KEYS.admin.secret, ['*']);
});

const omni = () =>
  readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url: sandbox.url }, DEMO_KEYS.admin.secret)));

/** A key of a test's own. */
async function newKey(scopes: readonly string[]) {
  const secret = `omni_sk_${randomUUID().replaceAll('-', '')}`;
  const row = { name: `crm ${secret.slice(8, 14)}`, secret, scopes };
  const [id = ''] = (await control.rows({ api_keys: [row] })).api_keys ?? [];
  return { id, secret, scopes, usageCount: null };
}

type Key = Awaited<ReturnType<typeof newKey>>;

/** What an integration does, each call with its HTTP status. */
async function integration({ secret }: Key, calls: readonly string[]): Promise<number[]> {
  const statuses: number[] = [];
  for (const call of calls) {
    const [method = '', path = '', body] = call.split(' ');
    const answer = await fetch(`${sandbox.url}/api/v2${path}`, {
      method,
      headers: { 'x-api-key': secret, 'content-type': 'application/json', 'user-agent': 'crm/1.4' },
      ...(body ? { body } : {}),
    });
    await answer.text();
    statuses.push(answer.status);
  }
  return statuses;
}

async function useOf(key: Key, most?: number) {
  const use = await readPermissionUse(omni(), key, most);
  if (!use.ok) throw new Error(use.error.kind);
  return use.value;
}

const person = async () => (await control.sql<{ id: string }>('SELECT id FROM persons LIMIT 1', []))[0]?.id ?? '';

async function realCalls(): Promise<string[]> {
  return [
    'POST /auth/validate {}',
    'GET /persons?limit=1',
    `GET /persons/${await person()}/presence`,
    `PATCH /persons/${await person()} {"displayName":"Ana"}`,
    `GET /instances/${WHATSAPP}/routes`,
    'GET /chats?limit=1',
  ];
}

describe('keys.edit of unused permissions', () => {
  it.each<[string, readonly string[]]>([
    ['50 single scopes', OPERATOR],
    ['full access', ['*']],
    ['wildcards', ['persons:*', 'chats:*', 'routes:*', 'auth:*', 'messages:*']],
    ['a typo', ['persons:read', 'persons:*', 'routes:*', 'chats:read', 'perons:read', 'auth:validate']],
    ['one of six', ['persons:read', 'persons:write', 'routes:read', 'chats:read', 'auth:validate', 'keys:read']],
  ])('replays an integration’s calls without a refusal: %s', async (_, scopes) => {
    const key = await newKey(scopes);
    const calls = await realCalls();
    const before = await integration(key, calls);
    const use = await useOf(key);
    expect(use).toMatchObject({ requestsRead: calls.length, whole: true, older: [], unmapped: null });
    expect(use.unused.length).toBeGreaterThan(0);
    const { entry } = await completed(runner, 'keys.edit', { id: key.id, changes: { scopes: use.kept }, unused: true });
    expect(entry.status).toBe('done');
    await control.moveClock(120_000);
    const after = await integration(key, calls);
    expect(after).toEqual(before);
    // A typo stays: nobody knows what it is.
    expect(use.kept.includes('perons:read')).toBe(scopes.includes('perons:read'));
    expect((await integration(key, ['GET /access/rules']))[0]).toBe(403);
    await undoEntry(runner, entry.id);
    await control.moveClock(120_000);
    const [{ scopes: stored } = { scopes: '' }] = await control.sql<{ scopes: string }>(
      'SELECT scopes FROM api_keys WHERE id = ?',
      [key.id],
    );
    expect(JSON.parse(stored)).toEqual(scopes);
  });

  it('removes nothing that a request needed meanwhile: not in the plan, not in the run', async () => {
    const key = await newKey(['persons:read', 'persons:write', 'chats:read']);
    await integration(key, ['GET /persons?limit=1']);
    const { kept } = await useOf(key);
    const input = { id: key.id, changes: { scopes: kept }, unused: true };
    const seen = await preview(runner, 'keys.edit', input);
    if (!seen.ok) throw new Error('no preview');
    expect(seen.plan.warnings[0]).toMatchObject({ key: 'keys.edit.looked-at-all', values: { requests: 1 } });
    await integration(key, ['GET /chats?limit=1']);
    expect((await start(runner, seen.token)).is).toBe('stale');
    expect(await refusalOf(runner, 'keys.edit', input)).toBe('keys.edit.needed');
  });

  it('says it can’t be read instead of removing anything', async () => {
    const key = await newKey(['persons:read', 'chats:read']);
    await control.fault({ kind: 'status', status: 500, method: 'GET', path: '/audit$', times: null });
    const input = { id: key.id, changes: { scopes: ['persons:read'] }, unused: true };
    expect(await refusalOf(runner, 'keys.edit', input)).toBe('unavailable');
    await control.clearFaults();
  });
});

describe('readPermissionUse', () => {
  it('beyond what it reads, searches the whole log for the paths of what was not needed', async () => {
    const key = await newKey([
      'persons:read',
      'persons:write',
      'chats:read',
      'routes:read',
      'keys:read',
      'agents:read',
    ]);
    const rows = callRows(key.id, 900).map((row) => ({ ...row, method: 'GET', path: '/api/v2/persons' }));
    await control.rows({ api_key_audit_logs: rows });
    const old = { ...rows[0], id: randomUUID(), method: 'POST', timestamp: (rows.at(-1)?.timestamp ?? 0) - 9e9 };
    await control.rows({ api_key_audit_logs: [{ ...old, path: `/api/v2/instances/${WHATSAPP}/routes` }] });
    await control.clearCalls();
    const use = await useOf(key, 300);
    expect(use).toMatchObject({ requestsRead: 300, whole: false, used: [{ scope: 'persons:read', requests: 300 }] });
    // Older calls of the same path may have been writes, and there was one about routes.
    expect(use.older.toSorted()).toEqual(['persons:write', 'routes:read']);
    expect(use.unused.toSorted()).toEqual(['agents:read', 'chats:read', 'keys:read']);
    expect((await control.calls()).items.length).toBeLessThanOrEqual(3 + 6);
  });

  it('full access is not taken where the log was not read to its end', async () => {
    const key = await newKey(['*']);
    await control.rows({ api_key_audit_logs: callRows(key.id, 400).map((row) => ({ ...row, method: 'GET' })) });
    expect(await useOf(key, 200)).toMatchObject({ unused: [], kept: ['*'] });
    expect((await useOf(key)).kept).toEqual(['persons:read', 'chats:read', 'instances:read']);
  });

  it('more requests in one millisecond than Omni pages through count as not read', async () => {
    const key = await newKey(['persons:read', 'chats:read', 'instances:read', 'keys:read']);
    await control.rows({
      api_key_audit_logs: callRows(key.id, 260, { together: 240 }).map((row) => ({ ...row, method: 'GET' })),
    });
    const use = await useOf(key);
    expect(use).toMatchObject({ whole: false, unused: ['keys:read'] });
  });

  it('where the search fails, nothing counts as unused', async () => {
    const key = await newKey(['persons:read', 'chats:read', 'keys:read']);
    const rows = callRows(key.id, 300).map((row) => ({ ...row, method: 'GET', path: '/api/v2/persons' }));
    await control.rows({ api_key_audit_logs: rows });
    await control.fault({ kind: 'status', status: 500, method: 'GET', path: '/audit$', query: 'path=', times: null });
    const use = await useOf(key, 100);
    await control.clearFaults();
    expect(use).toMatchObject({ unused: [], older: ['chats:read', 'keys:read'], kept: key.scopes });
  });
});

describe('permissionUse', () => {
  const call = (method: string, path: string, statusCode = 200) => ({
    id: randomUUID(),
    method,
    path,
    statusCode,
    ipAddress: null,
    userAgent: null,
    responseTimeMs: 1,
    timestamp: '2026-11-02T10:00:00.000Z',
  });
  const read = (calls: ReturnType<typeof call>[]) => ({ calls, whole: true, counted: calls.length, older: [] });

  it('a call nobody knows may need anything; one that Omni refused does not', () => {
    expect(permissionUse(['persons:read', 'keys:read'], read([call('GET', '/tomorrow')]))).toMatchObject({
      unused: [],
      kept: ['persons:read', 'keys:read'],
      unmapped: { requests: 1, example: { method: 'GET', path: '/tomorrow' } },
    });
    expect(permissionUse(['keys:read'], read([call('GET', '/tomorrow', 403)])).unused).toEqual(['keys:read']);
  });

  it('a refused call needed its permission, too', () => {
    expect(permissionUse(['keys:read', 'persons:read'], read([call('GET', '/keys', 403)])).used).toEqual([
      { scope: 'keys:read', requests: 1 },
    ]);
  });

  it('says of how many requests there is no record, once they are more than a page may have under way', () => {
    const unlogged = (counted: number | null, whole = true) => {
      const use = permissionUse(['keys:read'], { ...read([call('GET', '/persons')]), counted, whole });
      return [use.unlogged, notLogged(use).map(({ key }) => key)];
    };
    expect(unlogged(500)).toEqual([499, ['keys.edit.not-logged']]);
    for (const few of [null, 0, 1, 11]) expect(unlogged(few)).toEqual([0, []]);
    expect(unlogged(500, false)).toEqual([0, []]);
  });

  it('whatever a key was called with stays allowed by the server’s own policy once the unused is taken', () => {
    const names = [...new Set(KNOWN_SCOPES.map((scope) => scope.split(':')[0] ?? ''))];
    const scope = fc.constantFrom('*', ...KNOWN_SCOPES, ...names.map((name) => `${name}:*`), 'perons:read', 'x:*');
    const sent = fc.tuple(
      fc.constantFrom(
        ...POLICY_CALLS,
        { method: 'POST', path: '/agents/:id/identities/link' },
        { method: 'GET', path: '/tomorrow' },
      ),
      fc.boolean(),
      fc.constantFrom('', '/api/v2'),
    );
    fc.assert(
      fc.property(
        fc.array(scope, { minLength: 1, maxLength: 12 }),
        fc.array(sent, { maxLength: 12 }),
        (scopes, all) => {
          const made = all.map(([{ method, path }, head, prefix]) => {
            const as = head && method === 'GET' ? 'HEAD' : method;
            const real = path.replaceAll(/:\w+/g, randomUUID());
            const needs = scopeOf(as, real);
            const allowed = scopes.includes('*') || (needs !== undefined && covers(scopes, needs));
            return { ...call(as, prefix + real, allowed ? 200 : 403), needs, allowed };
          });
          const use = permissionUse(scopes, { calls: made, whole: true, counted: made.length, older: [] });
          for (const { needs, allowed, method, path } of made) {
            const still = use.kept.includes('*') || (needs !== undefined && covers(use.kept, needs));
            expect([method, path, still || !allowed]).toEqual([method, path, true]);
          }
          for (const one of use.unused) expect(made.some(({ needs }) => needs === one)).toBe(false);
        },
      ),
      { numRuns: 600 },
    );
  });

  it('without: a wildcard becomes what is left of it, and one that is used whole stays', () => {
    expect(without(['persons:*', 'x:y'], ['persons:write'])).toEqual(['persons:read', 'x:y']);
    expect(without(['persons:*'], ['keys:read'])).toEqual(['persons:*']);
    expect(without(['*'], KNOWN_SCOPES.slice(1))).toEqual([KNOWN_SCOPES[0]]);
  });
});
