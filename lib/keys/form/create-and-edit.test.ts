import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { DEMO_KEYS, type DemoKey } from '../../../sandbox/resources/keys/keys-demo.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';
import { madeOlder } from '#lib/operations/testing/runs.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { start } from '#lib/operations/run/run.ts';
import { PRESETS } from './profiles.ts';
import { PROFILES } from './profiles.ts';
import { carryOut, continueEntry, refusalOf, runnerOfKeys, undoEntry } from '#lib/keys/testing/bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const { admin, leaked, consoleAdmin, whatsapp, revoked, support } = DEMO_KEYS;
const HOUR = 3_600_000;
let sandbox: Sandbox;
let control: Control;
let db: Store;
let runner: Runner;

const as = (key: DemoKey) => runnerOfKeys(db, sandbox.url, key.secret, key.scopes);
const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
const row = async (id: string) => (await control.sql('SELECT * FROM api_keys WHERE id = ?', [id]))[0];
const secretIn = (delivered: unknown) => (delivered as { secret: string }).secret;
const sent = async (method: string, path: RegExp) =>
  (await control.calls()).items.filter((call) => call.method === method && path.test(call.path)).length;

beforeAll(async () => {
  vi.stubEnv('STORE_KEYS', `1:${'k'.repeat(32)}`);
  vi.stubEnv('STORE_FILE', ':memory:');
  sandbox = await startSandbox({ port: 0, persons: 50 });
  control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
});
beforeEach(async () => {
  await control.reset({});
  await control.rateLimit(1_000_000);
  await control.clearCalls();
  db = await openStore({ file: ':memory:' });
  runner = as(admin);
});
afterAll(() => sandbox.stop());

const draft = {
  name: 'Relatório',
  scopes: ['persons:read', 'chats:read'],
  instanceIds: null,
  expiresAt: iso(1000 * HOUR),
};

test('keys.create: the key is as drafted, delivered once, and its text is nowhere in the journal', async () => {
  const { entry, delivered } = await carryOut(runner, 'keys.create', {
    ...draft,
    description: 'noturno',
    instanceIds: [WHATSAPP],
    rateLimit: 60,
  });
  expect(entry.status).toBe('done');
  expect(delivered).toHaveLength(1);
  const [one] = delivered as { secret: string; keyId: string }[];
  expect(one?.secret).toMatch(/^omni_sk_[A-Za-z0-9]{32}$/);
  const made = await row(one?.keyId ?? '');
  expect(made).toMatchObject({ name: 'Relatório', rate_limit: 60, description: `noturno [console ${entry.id}]` });
  expect(JSON.parse(String(made?.scopes))).toEqual(draft.scopes);
  expect(JSON.parse(String(made?.instance_ids))).toEqual([WHATSAPP]);
  expect(Number(made?.expires_at)).toBe(Date.parse(draft.expiresAt) * 1000);
  expect(JSON.stringify(entry)).not.toContain(one?.secret.slice(8));
  const stored = await db.selectFrom('operation_steps').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(one?.secret.slice(8));
});

test.each(['all', 'none'] as const)('keys.create: instances %s are what Omni stores', async (which) => {
  const instanceIds = which === 'all' ? null : [];
  const { delivered } = await carryOut(runner, 'keys.create', { ...draft, instanceIds, expiresAt: null });
  const made = await row((delivered[0] as { keyId: string }).keyId);
  expect(made?.instance_ids).toBe(which === 'all' ? null : '[]');
  expect(made?.expires_at).toBeNull();
});

test('keys.create: a profile is sent with its locks', async () => {
  const { delivered, entry } = await carryOut(runner, 'keys.create', {
    ...draft,
    scopes: [],
    profile: 'personal',
    instanceAllowlist: [WHATSAPP],
  });
  expect(entry.status).toBe('done');
  expect(await row((delivered[0] as { keyId: string }).keyId)).toMatchObject({ profile: 'personal' });
});

test.each<[string, object, string]>([
  ['a past expiry', { expiresAt: iso(-1000) }, 'keys.past'],
  ['an expiry with an offset', { expiresAt: '2030-01-01T00:00:00+03:00' }, 'invalid'],
  ['the reserved name', { name: ' __Primary__ ' }, 'reserved_name'],
  ['no name', { name: ' ' }, 'name_needed'],
  ['no permission', { scopes: [] }, 'scopes_needed'],
  ['what is no scope', { scopes: ['persons'] }, 'bad_scope'],
  ['an unknown profile', { profile: 'admin' }, 'invalid'],
  ['a profile without its lock', { profile: 'personal', scopes: [] }, 'keys.lock-needed'],
])('keys.create refuses %s', async (_, more, why) => {
  expect(await refusalOf(runner, 'keys.create', { ...draft, ...more })).toBe(why);
});

test('keys.create and keys.edit grant no more than the session’s key has: not in the plan, not in the run', async () => {
  const narrow = as(consoleAdmin);
  const all = { ...draft, scopes: ['*'] };
  expect(await refusalOf(narrow, 'keys.create', all)).toBe('keys.beyond-scopes');
  expect(await refusalOf(narrow, 'keys.create', { ...draft, scopes: ['persons:*'] })).toBe('keys.beyond-scopes');
  expect(await refusalOf(narrow, 'keys.create', { ...draft, scopes: ['audit:read'] })).toBe('keys.beyond-scopes');
  expect(await refusalOf(narrow, 'keys.create', draft)).toBeNull();
  expect(await refusalOf(narrow, 'keys.edit', { id: leaked.id, changes: { scopes: ['*'] } })).toBe(
    'keys.beyond-scopes',
  );
  expect(await refusalOf(narrow, 'keys.edit', { id: whatsapp.id, changes: { description: 'x' } })).toBe(
    'keys.beyond-scopes',
  );
  expect(await refusalOf(as(whatsapp), 'keys.create', draft)).toBe('keys.beyond-instances');
  expect(await refusalOf(as(whatsapp), 'keys.create', { ...draft, instanceIds: [WHATSAPP] })).toBeNull();
  const refused = await preview(narrow, 'keys.create', all);
  if (!refused.ok) throw new Error('no preview');
  expect((await start(narrow, refused.token)).is).toBe('stale');
  expect(await sent('POST', /keys$/)).toBe(0);
});

test('keys.create: where the console can’t know the ceiling, Omni refuses and its sentence is kept', async () => {
  const blind = { ...as(consoleAdmin), session: { ...as(consoleAdmin).session, scopes: null } };
  await control.fault({ kind: 'status', status: 403, method: 'GET', path: 'keys', times: null });
  const { entry, delivered } = await carryOut(blind, 'keys.create', { ...draft, scopes: ['*'] });
  expect(entry.status).toBe('failed');
  expect(delivered).toEqual([]);
  expect(entry.steps[0]?.problem).toMatchObject({ code: 'forbidden_ceiling_scopes', values: { scopes: '*' } });
});

test.each(['before', 'after'])(
  'keys.create: an answer cut %s leaves no key that works unknown to everybody',
  async (when) => {
    await control.fault({ kind: 'cut', when, method: 'POST', path: '/keys$' });
    const { entry, delivered } = await carryOut(runner, 'keys.create', draft);
    expect(delivered).toEqual([]);
    expect(await sent('POST', /keys$/)).toBe(1);
    const made = await control.sql("SELECT status, revoke_reason FROM api_keys WHERE name = 'Relatório'");
    if (when === 'before') {
      expect([entry.status, made]).toEqual(['unconfirmed', []]);
      await madeOlder(runner, entry.id, MAY_HAPPEN_MS);
      const again = await continueEntry(runner, entry.id);
      expect([again.entry.status, again.delivered.length]).toEqual(['done', 1]);
    } else {
      expect(entry.status).toBe('differs');
      expect(made).toEqual([{ status: 'revoked', revoke_reason: 'It could not be shown' }]);
      expect(entry.body.receipt?.checks[0]).toMatchObject({ text: { key: 'keys.create.undelivered' }, held: false });
    }
  },
);

test('keys.create: among more than a hundred keys an undelivered one is found in Omni’s audit and revoked', async () => {
  const crowd = Array.from({ length: 110 }, (_, n) => ({ name: `k${n}`, keyHash: `crowd ${n}`, scopes: ['a:b'] }));
  await control.rows({ api_keys: crowd });
  await control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
  const { entry } = await carryOut(runner, 'keys.create', draft);
  expect(entry.status).toBe('differs');
  const made = await control.sql("SELECT status FROM api_keys WHERE name = 'Relatório'");
  expect(made).toEqual([{ status: 'revoked' }]);
});

test('keys.create: a console that died after creating a key revokes it on Continue', async () => {
  const seen = await preview(runner, 'keys.create', draft);
  if (!seen.ok) throw new Error('no preview');
  const started = await start(runner, seen.token);
  if (started.is !== 'started') throw new Error(started.is);
  await started.job;
  await db.updateTable('operation_steps').set({ state: 'planned' }).where('position', '=', 1).execute();
  await db.updateTable('operations').set({ status: 'running', lease_until: 0 }).execute();
  const { entry } = await continueEntry(runner, started.entryId);
  expect(entry.status).toBe('differs');
  expect(await row((started.delivered[0] as { keyId: string }).keyId)).toMatchObject({ status: 'revoked' });
});

test.each<[string, string, object]>([
  ['created', 'keys.create', {}],
  ['edited', 'keys.edit', { id: leaked.id }],
])(
  'keys.create and keys.edit: a key whose expiry has passed meanwhile is not %s by Continue',
  async (_, name, more) => {
    const expiresAt = iso(60_000);
    const input = name === 'keys.create' ? { ...draft, expiresAt } : { ...more, changes: { expiresAt } };
    await control.fault({ kind: 'status', status: 429, method: 'POST', path: '/keys$', times: 1 });
    await control.fault({ kind: 'status', status: 429, method: 'PATCH', path: '/keys/', times: 1 });
    const { entry } = await carryOut(runner, name, input);
    expect(entry.status).toBe('failed');
    await control.moveClock(120_000);
    await control.clearCalls();
    const again = await continueEntry(runner, entry.id);
    expect([again.entry.body.problem?.code, again.delivered]).toEqual(['end_passed', []]);
    expect((await sent('POST', /keys$/)) + (await sent('PATCH', /keys/))).toBe(0);
  },
);

test('keys.create: undo revokes the created key', async () => {
  const { entry, delivered } = await carryOut(runner, 'keys.create', draft);
  expect((await undoEntry(runner, entry.id)).entry.status).toBe('done');
  expect(await row((delivered[0] as { keyId: string }).keyId)).toMatchObject({ status: 'revoked' });
  expect(secretIn(delivered[0])).toMatch(/^omni_sk_/);
});

test('keys.edit sends only what changes, shows what it adds and removes, and is undone', async () => {
  await control.snapshot('edit');
  const changes = { scopes: ['persons:*'], instanceIds: [WHATSAPP], description: 'só isto', expiresAt: null };
  const seen = await preview(runner, 'keys.edit', { id: leaked.id, changes });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.moves.map(({ key }) => key)).toEqual([
    'effect.set',
    'effect.permissions-added',
    'effect.permissions-removed',
    'effect.set',
  ]);
  expect([seen.plan.restores, seen.plan.losses, seen.plan.unknowns]).toEqual(['everything', [], []]);
  expect(seen.plan.warnings.map(({ key }) => key)).toEqual(['keys.cache']);
  expect(seen.plan.typed).toEqual({ text: leaked.name });
  const { entry } = await carryOut(runner, 'keys.edit', { id: leaked.id.toUpperCase(), changes });
  expect(entry.status).toBe('done');
  expect(await row(leaked.id)).toMatchObject({ scopes: '["persons:*"]', instance_ids: `["${WHATSAPP}"]` });
  expect((await undoEntry(runner, entry.id)).entry.status).toBe('done');
  const { api_keys: after } = await control.diff('edit', ['api_keys']);
  expect(after?.changed.filter(({ after: one }) => one.id === leaked.id) ?? []).toEqual([]);
});

test('keys.edit keeps texts that are no scopes, and adds no new one', async () => {
  await control.write('UPDATE api_keys SET scopes = ? WHERE id = ?', [
    '["read","a:b:c","persons:read","chats:read"]',
    leaked.id,
  ]);
  const edit = (scopes: string[]) => ({ id: leaked.id, changes: { scopes } });
  const { entry } = await carryOut(runner, 'keys.edit', edit(['read', 'a:b:c', 'persons:read']));
  expect(entry.status).toBe('done');
  expect(await row(leaked.id)).toMatchObject({ scopes: '["read","a:b:c","persons:read"]' });
  expect(await refusalOf(runner, 'keys.edit', edit(['read', 'a:b:c', 'write']))).toBe('keys.bad-scopes');
  expect((await undoEntry(runner, entry.id)).entry.status).toBe('done');
});

test('keys.edit is not undone over somebody else’s edit', async () => {
  const { entry } = await carryOut(runner, 'keys.edit', { id: leaked.id, changes: { name: 'novo' } });
  await control.write("UPDATE api_keys SET name = 'deles' WHERE id = ?", [leaked.id]);
  await expect(undoEntry(runner, entry.id)).rejects.toThrow('keys.edit.changed-since');
});

test('keys.edit keeps the mark of a key this console created', async () => {
  const { entry, delivered } = await carryOut(runner, 'keys.create', { ...draft, description: 'um' });
  const { keyId } = delivered[0] as { keyId: string };
  await carryOut(runner, 'keys.edit', { id: keyId, changes: { description: 'dois' } });
  expect(await row(keyId)).toMatchObject({ description: `dois [console ${entry.id}]` });
});

test.each<[string, object]>([
  ['more scopes', { scopes: [...leaked.scopes, 'chats:read'] }],
  ['no limit on instances', { instanceIds: null }],
  ['more instances', { instanceIds: [WHATSAPP, '22222222-2222-4222-8222-222222222222'] }],
  ['a later expiry', { expiresAt: null }],
])('keys.edit has the name typed for %s', async (_, changes) => {
  await control.write('UPDATE api_keys SET instance_ids = ?, expires_at = ? WHERE id = ?', [
    `["${WHATSAPP}"]`,
    (Date.now() + HOUR) * 1000,
    leaked.id,
  ]);
  const seen = await preview(runner, 'keys.edit', { id: leaked.id, changes });
  if (!seen.ok) throw new Error(seen.problem.code);
  expect(seen.plan.typed).toEqual({ text: leaked.name });
});

test.each<[string, object, string]>([
  ['a past expiry', { id: leaked.id, changes: { expiresAt: iso(-1) } }, 'keys.past'],
  ['nothing', { id: leaked.id, changes: { name: leaked.name, instanceIds: null } }, 'keys.edit.nothing'],
  ['the reserved name', { id: leaked.id, changes: { name: '__primary__' } }, 'reserved_name'],
  ['no permission', { id: leaked.id, changes: { scopes: [] } }, 'scopes_needed'],
  ['a revoked key', { id: revoked.id, changes: { name: 'x' } }, 'keys.edit.revoked'],
  ['a key that is not there', { id: WHATSAPP, changes: { name: 'x' } }, 'keys.gone'],
])('keys.edit refuses %s', async (_, input, why) => {
  expect(await refusalOf(runner, 'keys.edit', input)).toBe(why);
});

test('keys.create, keys.edit, keys.revoke and keys.delete don’t start without keys:read and keys:write', async () => {
  for (const [name, input] of [
    ['keys.create', draft],
    ['keys.edit', { id: leaked.id, changes: { name: 'x' } }],
    ['keys.revoke', { id: leaked.id, reason: 'x' }],
    ['keys.delete', { id: revoked.id }],
  ] as const)
    expect(await refusalOf(as(support), name, input)).toBe('forbidden');
  expect((await control.calls()).items).toEqual([]);
});

test('keys.create: profiles and presets have the scopes the server gives them', async () => {
  const own = as(admin);
  for (const { name, scopes, locks } of PROFILES) {
    const given = Object.fromEntries(
      locks.map((lock) => [lock, [lock === 'instanceAllowlist' ? WHATSAPP : '5511999']]),
    );
    const { delivered } = await carryOut(own, 'keys.create', { ...draft, name, profile: name, scopes: [], ...given });
    const made = await row((delivered[0] as { keyId: string }).keyId);
    expect(JSON.parse(String(made?.scopes)).sort()).toEqual([...scopes].sort());
  }
  expect(PRESETS.map(({ scopes }) => scopes.length)).toEqual([9, 50, 8, 11, 29]);
});
