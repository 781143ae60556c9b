import { expect, test } from 'vitest';
import { keysWorld } from '#lib/keys/testing/keys-world.ts';
import { MAY_HAPPEN_MS } from '#lib/operations/run/watch.ts';
import { start } from '#lib/operations/run/run.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { madeOlder, completed, continued, refusalOf, undoEntry } from '#lib/operations/testing/runs.ts';
import { DEMO_KEYS } from '../../../sandbox/resources/keys/keys-demo.ts';
import { PRESETS, PROFILES } from './profiles.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const { admin, leaked, consoleAdmin, whatsapp, revoked, support } = DEMO_KEYS;
const HOUR = 3_600_000;
const world = keysWorld();
const { as, row, sent } = world;

const iso = (ms: number) => new Date(Date.now() + ms).toISOString();
const secretIn = (delivered: unknown) => (delivered as { secret: string }).secret;

const draft = {
  name: 'Relatório',
  scopes: ['persons:read', 'chats:read'],
  instanceIds: null,
  expiresAt: iso(1000 * HOUR),
};

test('keys.create: the key is as drafted, delivered once, and its text is nowhere in the journal', async () => {
  const { entry, delivered } = await completed(world.runner, 'keys.create', {
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
  const stored = await world.db.selectFrom('operation_steps').selectAll().execute();
  expect(JSON.stringify(stored)).not.toContain(one?.secret.slice(8));
});

test.each(['all', 'none'] as const)('keys.create: instances %s are what Omni stores', async (which) => {
  const instanceIds = which === 'all' ? null : [];
  const { delivered } = await completed(world.runner, 'keys.create', { ...draft, instanceIds, expiresAt: null });
  const made = await row((delivered[0] as { keyId: string }).keyId);
  expect(made?.instance_ids).toBe(which === 'all' ? null : '[]');
  expect(made?.expires_at).toBeNull();
});

test('keys.create: a profile is sent with its locks', async () => {
  const { delivered, entry } = await completed(world.runner, 'keys.create', {
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
  expect(await refusalOf(world.runner, 'keys.create', { ...draft, ...more })).toBe(why);
});

test('keys.create, keys.edit and keys.revoke: what has passed, and who used a key lately, goes by Omni’s clock', async () => {
  const expiresAt = iso(HOUR);
  await world.control.write('UPDATE api_keys SET last_used_at = ? WHERE id = ?', [Date.now() * 1000, leaked.id]);
  const typed = async () => {
    const seen = await preview(world.runner, 'keys.revoke', { id: leaked.id, reason: 'x' });
    return seen.ok && seen.plan.typed !== undefined;
  };
  expect(await typed()).toBe(true);
  await world.control.moveClock(26 * HOUR);
  expect(await refusalOf(world.runner, 'keys.create', { ...draft, expiresAt })).toBe('keys.past');
  expect(await refusalOf(world.runner, 'keys.edit', { id: leaked.id, changes: { expiresAt } })).toBe('keys.past');
  expect(await typed()).toBe(false);
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
  await world.control.fault({ kind: 'status', status: 403, method: 'GET', path: 'keys', times: null });
  const { entry, delivered } = await completed(blind, 'keys.create', { ...draft, scopes: ['*'] });
  expect(entry.status).toBe('failed');
  expect(delivered).toEqual([]);
  expect(entry.steps[0]?.problem).toMatchObject({ code: 'forbidden_ceiling_scopes', values: { scopes: '*' } });
});

test.each(['before', 'after'])(
  'keys.create: an answer cut %s leaves no key that works unknown to everybody',
  async (when) => {
    await world.control.fault({ kind: 'cut', when, method: 'POST', path: '/keys$' });
    const { entry, delivered } = await completed(world.runner, 'keys.create', draft);
    expect(delivered).toEqual([]);
    expect(await sent('POST', /keys$/)).toBe(1);
    const made = await world.control.sql("SELECT status, revoke_reason FROM api_keys WHERE name = 'Relatório'");
    if (when === 'before') {
      expect([entry.status, made]).toEqual(['unconfirmed', []]);
      await madeOlder(world.runner, entry.id, MAY_HAPPEN_MS);
      const again = await continued(world.runner, entry.id);
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
  await world.control.rows({ api_keys: crowd });
  await world.control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/keys$' });
  const { entry } = await completed(world.runner, 'keys.create', draft);
  expect(entry.status).toBe('differs');
  const made = await world.control.sql("SELECT status FROM api_keys WHERE name = 'Relatório'");
  expect(made).toEqual([{ status: 'revoked' }]);
});

test('keys.create: a console that died after creating a key revokes it on Continue', async () => {
  const seen = await preview(world.runner, 'keys.create', draft);
  if (!seen.ok) throw new Error('no preview');
  const started = await start(world.runner, seen.token);
  if (started.is !== 'started') throw new Error(started.is);
  await started.job;
  await world.db.updateTable('operation_steps').set({ state: 'planned' }).where('position', '=', 1).execute();
  await world.db.updateTable('operations').set({ status: 'running', lease_until: 0 }).execute();
  const { entry } = await continued(world.runner, started.entryId);
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
    await world.control.fault({ kind: 'status', status: 429, method: 'POST', path: '/keys$', times: 1 });
    await world.control.fault({ kind: 'status', status: 429, method: 'PATCH', path: '/keys/', times: 1 });
    const { entry } = await completed(world.runner, name, input);
    expect(entry.status).toBe('failed');
    await world.control.moveClock(120_000);
    await world.control.clearCalls();
    const again = await continued(world.runner, entry.id);
    expect([again.entry.body.problem?.code, again.delivered]).toEqual(['end_passed', []]);
    expect((await sent('POST', /keys$/)) + (await sent('PATCH', /keys/))).toBe(0);
  },
);

test('keys.create: undo revokes the created key', async () => {
  const { entry, delivered } = await completed(world.runner, 'keys.create', draft);
  expect((await undoEntry(world.runner, entry.id)).status).toBe('done');
  expect(await row((delivered[0] as { keyId: string }).keyId)).toMatchObject({ status: 'revoked' });
  expect(secretIn(delivered[0])).toMatch(/^omni_sk_/);
});

test('keys.create, keys.edit, keys.revoke and keys.delete don’t start without keys:read and keys:write', async () => {
  for (const [name, input] of [
    ['keys.create', draft],
    ['keys.edit', { id: leaked.id, changes: { name: 'x' } }],
    ['keys.revoke', { id: leaked.id, reason: 'x' }],
    ['keys.delete', { id: revoked.id }],
  ] as const)
    expect(await refusalOf(as(support), name, input)).toBe('forbidden');
  expect((await world.control.calls()).items).toEqual([]);
});

test('keys.create: profiles and presets have the scopes the server gives them', async () => {
  const own = as(admin);
  for (const { name, scopes, locks } of PROFILES) {
    const given = Object.fromEntries(
      locks.map((lock) => [lock, [lock === 'instanceAllowlist' ? WHATSAPP : '5511999']]),
    );
    const { delivered } = await completed(own, 'keys.create', { ...draft, name, profile: name, scopes: [], ...given });
    const made = await row((delivered[0] as { keyId: string }).keyId);
    expect(JSON.parse(String(made?.scopes)).sort()).toEqual([...scopes].sort());
  }
  expect(PRESETS.map(({ scopes }) => scopes.length)).toEqual([9, 50, 8, 11, 29]);
});
