import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFormatter, createTranslator } from 'use-intl/core';
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { sayer } from '#components/operations/receipt/say.ts';
import { env } from '#lib/env.ts';
import { readExport, readPage } from '#lib/keys/requests/audit-exports.ts';
import { readRotationProgress, reconcile } from '#lib/keys/rotate/rotation-progress.ts';
import { acknowledge, readRotation, rotationsUnderWay } from '#lib/keys/rotate/rotations.ts';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import type { Entry, Problem } from './entry.ts';
import { readEntry } from './journal.ts';
import { listActors, listEntries } from './list.ts';
import { operationToday } from './read-old-names.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume, start, type Started } from '#lib/operations/run/run.ts';
import { oldManifest, openOldWorld, portrait, routeRow, soonAfter } from '#lib/operations/testing/old-store.ts';
import type { OldEntry, OldRotation, OldWorld, Portrait } from '#lib/operations/testing/old-store.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { viewOf, type EntryView } from '#lib/operations/receipt/view.ts';
import { decisionsAbout } from '#lib/persons/duplicates/decisions.ts';
import { evidenceFor } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { createOldIds, ID_OPERATIONS } from '#lib/persons/directory/old-ids.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { openCookie } from '#lib/session/seal.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import { actorNames, formersOf } from '#lib/store/actors.ts';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };

const manifest = oldManifest();
const folder = mkdtempSync(join(tmpdir(), 'omni-old-console-'));
Object.assign(process.env, manifest.env, { STORE_FILE: join(folder, 'console.db') });

const SERVER = manifest.server.id;
const reader = { server: SERVER, actor: '', scopes: ['*'] };
let world: OldWorld;
/** Something was run in this world: the next test gets another one. */
let used = true;

beforeEach(async () => {
  // Leases, lives of previews and ends of keys are those of the minute after.
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: soonAfter(manifest) });
  if (used) world = await openOldWorld(manifest);
  used = false;
});
afterEach(async () => {
  if (used) await world.stop();
  vi.useRealTimers();
});
afterAll(async () => {
  if (!used) await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

// --- what the tests below do with an entry ---------------------------------------------------------------------------

/** The entry of a part; see `manifest.json`. */
function old(role: string): OldEntry {
  const entry = manifest.entries[role];
  if (!entry) throw new Error(`no entry ${role}`);
  return entry;
}

const about = (role: string, name: string) => old(role).about[name] ?? '';
const was = (role: string, name: string) => old(role).was[name] as Portrait;

async function entryOf(id: string): Promise<Entry> {
  const entry = await readEntry(world.db, id);
  if (!entry) throw new Error('no entry');
  return entry;
}

async function endOf(started: Started): Promise<Entry> {
  used = true;
  if (started.is !== 'started') throw new Error(JSON.stringify(started));
  await started.job;
  return entryOf(started.entryId);
}

async function undone(role: string): Promise<Entry> {
  const runner = world.runner();
  const seen = await undoPreview(runner, old(role).id);
  if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
  const entry = await endOf(await start(runner, seen.token));
  expect([entry.status, entry.body.problem]).toEqual(['done', undefined]);
  expect((await entryOf(old(role).id)).undoneBy).toBe(entry.id);
  said(viewOf(entry));
  return entry;
}

async function continued(role: string, status = 'done'): Promise<Entry> {
  const entry = await endOf(await resume(world.runner(), old(role).id));
  expect([entry.status, entry.body.problem]).toEqual([status, undefined]);
  expect(entry.steps.map(({ state }) => state)).not.toContain('planned');
  said(viewOf(entry));
  return entry;
}

async function done(name: string, input: Json): Promise<Entry> {
  const runner = world.runner();
  const seen = await preview(runner, name, input);
  if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
  const entry = await endOf(await start(runner, seen.token));
  expect(entry.status).toBe('done');
  return entry;
}

// --- what they ask of Omni's database ----------------------------------------------------------------------------------

const look = (personId: string) => portrait(world.control, personId);
const route = (id: string) => routeRow(world.control, id);
const NOBODY: Portrait = { person: null, rules: [], identities: [], routes: [], agents: [] };

/** Who holds an identity now. */
async function holderOf(identity: unknown): Promise<string> {
  const sql = 'SELECT person_id FROM platform_identities WHERE id = ?';
  const [row] = await world.control.sql<{ person_id: string }>(sql, [String(identity)]);
  return row?.person_id ?? '';
}

type KeyRow = Record<string, string | number | null>;
async function key(id: string): Promise<KeyRow> {
  const [row] = await world.control.sql<KeyRow>('SELECT * FROM api_keys WHERE id = ?', [id]);
  if (!row) throw new Error('no key');
  return row;
}

/** Rules that fell with the merge do not come back: one that was over by then, and one with only a person, which never decided. */
const inForce = ({ rules, ...rest }: Portrait): Portrait => ({
  ...rest,
  rules: rules.filter(
    ({ phone_pattern, platform_user_id }) =>
      phone_pattern !== '+5508*' && (phone_pattern !== null || platform_user_id !== null),
  ),
});
const sorted = (...lists: unknown[][]) => lists.flat().map(String).toSorted();

// --- what a person reads -------------------------------------------------------------------------------------------------

const WORDS = { en, 'pt-BR': ptBR };

/** Says everything an entry tells, in both languages; throws for a sentence that is not there, or lacks a value. */
function said(view: EntryView): void {
  for (const [locale, messages] of Object.entries(WORDS)) {
    const onError = (error: Error) => {
      throw error;
    };
    const words = { locale, messages: messages as typeof en, timeZone: 'UTC', onError };
    const tProblem = createTranslator({ ...words, namespace: 'problems' });
    const tActivity = createTranslator({ ...words, namespace: 'activity' });
    const { say: sayText } = sayer({ t: createTranslator(words), messages, format: createFormatter(words) });
    const say = (text: Text) => expect(sayText(text), `${locale} ${text.key}`).not.toBe(text.key);
    const tell = ({ code, values, why }: Problem) => {
      const all = { scope: '', seconds: 0, status: 0, lock: '', step: '', ...values };
      expect(tProblem(`${code}.title` as never, all as never)).not.toBe('');
      if (why) say(why);
      else expect(tProblem(`${code}.help` as never, all as never)).not.toBe('');
    };
    expect(tActivity(`kinds.${view.operation.replace('.', '-')}` as never)).not.toBe('');
    say(view.title);
    for (const { title, problem } of view.steps) {
      say(title);
      if (problem) tell(problem);
    }
    if (view.problem) tell(view.problem);
    const { moves, losses, unknowns, warnings } = view.plan;
    for (const text of [...moves, ...losses, ...unknowns, ...warnings]) say(text);
    for (const { text } of view.checks) say(text);
    if (typeof view.undo === 'object' && view.undo) say(view.undo.impossible);
  }
}

/** Operations that the release before did not have. */
const SINCE: ReadonlySet<string> = new Set([
  'access.create',
  'access.delete',
  'access.edit',
  'persons.merge-many-undo',
  'persons.block',
  'persons.block-undo',
  'persons.unblock',
  'routes.bulk-edit',
  'keys.bulk',
]);

describe('store of the release before', () => {
  const roles = Object.keys(manifest.entries);

  it('Activity lists every entry but those that were never run', async () => {
    const listed = await listEntries(world.db, reader, {}, 500);
    const ran = Object.values(manifest.entries).filter(({ status }) => status !== 'stale');
    expect(sorted(listed.map(({ id }) => id))).toEqual(sorted(ran.map(({ id }) => id)));
    expect(sorted((await listActors(world.db, reader)).map(({ who }) => who))).toEqual(['Ana', 'Bia', 'Caio']);
  });

  it('each kind of change has a name in both languages', () => {
    const kinds = [...OPERATIONS.keys()].map((name) => name.replace('.', '-'));
    for (const { activity } of Object.values(WORDS))
      expect(kinds.filter((kind) => !(kind in activity.kinds))).toEqual([]);
  });

  it('each kind of change in the filter finds its entries', async () => {
    const found = await Promise.all(
      [...OPERATIONS.keys()]
        .filter((name) => !SINCE.has(name))
        .map(async (operation) => (await listEntries(world.db, reader, { operation }, 500)).length),
    );
    expect(found.filter((count) => count === 0)).toEqual([]);
    const forgotten = Object.values(manifest.entries).filter(
      ({ operation }) => !OPERATIONS.has(operationToday(operation)),
    );
    const stale = Object.values(manifest.entries).filter(({ status }) => status === 'stale');
    expect(found.reduce((sum, count) => sum + count)).toBe(roles.length - forgotten.length - stale.length);
  });

  it.each(roles)('%s: can be read, in both languages, and offers what it offered', async (role) => {
    const { id, status, undo, continuable } = old(role);
    const entry = await entryOf(id);
    const { steps, effects } = entry.body.plan;
    expect(entry.body.gone).toBe(role === 'edit-forgotten' ? 'forgotten' : undefined);
    const view = viewOf(entry);
    const offered = typeof view.undo === 'object' && view.undo ? 'impossible' : view.undo;
    const stands = status === 'running' || status === 'checking' ? 'interrupted' : status;
    expect([view.status, offered, view.continuable]).toEqual([stands, undo, continuable]);
    // What was never run, or was forgotten, has no step for what its plan says, or no plan.
    if (status !== 'stale' && !entry.body.gone)
      expect(entry.steps.map((one) => one.id)).toEqual(steps.map((one) => one.id));
    if (steps.length > 0) expect(effects).not.toBeNull();
    const kinds = OPERATIONS.get(entry.operation)?.steps ?? {};
    for (const { kind } of steps) expect(Object.keys(kinds)).toContain(kind);
    said(view);
  });

  it('entries are found by an id, by a phone and by an e-mail', async () => {
    const { goes } = old('merge').about;
    const { person } = was('merge', 'goes');
    for (const filter of [
      { subject: goes ?? '' },
      { contact: String(person?.primary_phone) },
      { contact: 'maria@example.com' },
    ]) {
      expect((await listEntries(world.db, reader, filter, 50)).map(({ id }) => id)).toEqual([old('merge').id]);
    }
  });

  it('ids that were joined lead to who has their place', async () => {
    const oldIds = createOldIds();
    const all = (await listEntries(world.db, reader, { operations: ID_OPERATIONS }, 500)).flatMap((entry) =>
      oldIds(entry),
    );
    const today = new Map(all.map((one) => [one.was, one.today]));
    expect(today.get(about('merge', 'goes'))).toBe(about('merge', 'stays'));
    expect(today.get(about('merge-many', 'two'))).toBe(about('merge-many', 'stays'));
    expect(today.get(about('merge-undone', 'goes'))).not.toBe(about('merge-undone', 'stays'));
  });
});

describe('persons', () => {
  it('persons.merge: undo brings the duplicate back', async () => {
    await undone('merge');
    const [goes, stays] = [was('merge', 'goes'), was('merge', 'stays')];
    const back = await holderOf(goes.identities[0]);
    expect(await look(back)).toEqual(inForce(goes));
    expect(await look(about('merge', 'stays'))).toEqual(stays);
  });

  it.each(['merge-stopped', 'merge-died', 'merge-failed'])('persons.merge: continues (%s)', async (role) => {
    await continued(role);
    const [goes, stays] = [was(role, 'goes'), was(role, 'stays')];
    expect(await look(about(role, 'goes'))).toEqual(NOBODY);
    const now = await look(about(role, 'stays'));
    expect(now).toEqual({
      person: { ...stays.person, primary_email: goes.person?.primary_email },
      identities: sorted(goes.identities, stays.identities),
      rules: goes.rules,
      routes: goes.routes,
      agents: goes.agents,
    });
  });

  it('persons.merge: one that stopped can be undone instead', async () => {
    await undone('merge-stopped');
    expect(await look(await holderOf(was('merge-stopped', 'goes').identities[0]))).toEqual(
      was('merge-stopped', 'goes'),
    );
  });

  it('persons.merge-many: undo brings everybody back', async () => {
    await undone('merge-many');
    for (const one of ['one', 'two']) {
      expect(await look(await holderOf(was('merge-many', one).identities[0]))).toEqual(was('merge-many', one));
    }
    expect(await look(about('merge-many', 'stays'))).toEqual(was('merge-many', 'stays'));
  });

  it('persons.merge-many: one that stopped between two merges continues', async () => {
    await continued('merge-many-stopped');
    expect((await look(about('merge-many-stopped', 'stays'))).identities).toHaveLength(3);
    for (const one of ['one', 'two']) expect(await look(about('merge-many-stopped', one))).toEqual(NOBODY);
  });

  it('persons.unmerge: one that stopped continues', async () => {
    const entry = await continued('unmerge-stopped');
    // The copy that the merge made is moved, where the undo of before would have made another and deleted it.
    const copy = entry.steps.find(({ id }) => id.startsWith('drop-rule:'))?.id.slice('drop-rule:'.length) ?? '';
    const fresh = entry.steps.find(({ id }) => id.startsWith('new-person:'))?.result;
    expect(await world.control.sql('SELECT person_id FROM access_rules WHERE id = ?', [copy])).toEqual([
      { person_id: fresh },
    ]);
    const goes = was('merge-half-undone', 'goes');
    expect(await look(await holderOf(goes.identities[0]))).toEqual(goes);
    expect(await look(about('merge-half-undone', 'stays'))).toEqual(was('merge-half-undone', 'stays'));
  });

  it.each(['unmerge', 'unmerge-many'])('persons.unmerge: undo joins them again (%s)', async (role) => {
    const before = await look(about(role, 'stays'));
    const entry = await undone(role);
    expect(entry.steps.some(({ id }) => id.endsWith('merge'))).toBe(true);
    expect((await look(about(role, 'stays'))).identities.length).toBe(before.identities.length + 2);
  });

  it('persons.move-identity: undo gives it back', async () => {
    expect(await holderOf(about('move', 'identity'))).toBe(about('move', 'to'));
    await undone('move');
    expect(await look(about('move', 'from'))).toEqual(was('move', 'from'));
    expect(await look(about('move', 'to'))).toEqual(was('move', 'to'));
  });

  it('persons.move-identity: one that stopped in between continues', async () => {
    await continued('move-stopped');
    expect(await holderOf(about('move-stopped', 'identity'))).toBe(about('move-stopped', 'to'));
  });

  it('persons.put-back: takes back a move that stopped in between', async () => {
    await undone('move-stopped');
    expect(await look(about('move-stopped', 'from'))).toEqual(was('move-stopped', 'from'));
  });

  it('persons.unlink: undo puts the identity back', async () => {
    await undone('unlink');
    expect(await look(about('unlink', 'person'))).toEqual(was('unlink', 'person'));
  });

  it('persons.unlink: one that stopped continues', async () => {
    await continued('unlink-stopped');
    const fresh = await look(await holderOf(about('unlink-stopped', 'identity')));
    expect([fresh.person?.display_name, fresh.identities]).toEqual(['Parada', [about('unlink-stopped', 'identity')]]);
  });

  it('persons.put-back: undo separates them again', async () => {
    await undone('put-back');
    expect(await holderOf(about('put-back', 'identity'))).not.toBe(about('put-back', 'person'));
  });

  it('persons.edit: undo puts every field back', async () => {
    await undone('edit');
    expect(await look(about('edit', 'person'))).toEqual(was('edit', 'person'));
  });

  it('persons.restore: undo writes what was typed once more', async () => {
    await undone('restore');
    expect((await look(about('restore', 'person'))).person?.display_name).toBe('Por engano');
  });

  it.each(['edit-failed', 'edit-outcome-unknown', 'edit-died-after'])('persons.edit: continues (%s)', async (role) => {
    await continued(role);
    expect((await look(about(role, 'person'))).person?.display_name).toBe('Mudado');
  });
});

/** What these agreed to was told in sentences of before: the same change is shown anew, and nothing is sent unasked. */
async function shownAnew(begun: Promise<Started>, who?: string): Promise<Entry> {
  await world.control.clearCalls();
  const first = await begun;
  if (first.is !== 'stale') throw new Error(JSON.stringify(first));
  expect((await world.control.calls()).items.filter(({ method }) => method !== 'GET')).toEqual([]);
  const entry = await endOf(await start(world.runner(who), first.token));
  expect(entry.status).toBe('done');
  said(viewOf(entry));
  return entry;
}

it('persons.edit: one that died before it was planned is shown anew, and runs then', async () => {
  await shownAnew(resume(world.runner(), old('edit-died-checking').id));
  expect((await look(about('edit-died-checking', 'person'))).person?.display_name).toBe('Mudado');
});

describe('routes', () => {
  it('routes.edit: undo puts every setting back', async () => {
    expect(await route(about('route-edit', 'route'))).not.toEqual(was('route-edit', 'route'));
    await undone('route-edit');
    expect(await route(about('route-edit', 'route'))).toEqual(was('route-edit', 'route'));
  });

  it('routes.edit: one whose answer never came continues', async () => {
    await continued('route-edit-died');
    expect(await route(about('route-edit-died', 'route'))).toMatchObject({ agent_timeout: 9, label: 'Morreu' });
  });

  it('routes.delete: undo makes the route again', async () => {
    expect((await look(about('route-delete', 'person'))).routes).toEqual([]);
    await undone('route-delete');
    expect(await look(about('route-delete', 'person'))).toEqual(was('route-delete', 'person'));
  });

  it('routes.recreate: one that stopped takes the stand-in agent away', async () => {
    await continued('route-recreate-stopped');
    const sql = 'SELECT agent_id, is_active, label FROM agent_routes WHERE chat_id = ?';
    const rows = await world.control.sql(sql, [about('route-recreate-stopped', 'chat')]);
    expect(rows).toEqual([{ agent_id: null, is_active: 1, label: 'A meio' }]);
  });

  it('routes.recreate: undo deletes what it made', async () => {
    expect((await look(about('route-recreate', 'person'))).routes).toHaveLength(1);
    await undone('route-recreate');
    expect((await look(about('route-recreate', 'person'))).routes).toEqual([]);
  });

  it('routes.create: undo deletes it', async () => {
    const sql = 'SELECT id FROM agent_routes WHERE chat_id = ?';
    expect(await world.control.sql(sql, [about('route-create', 'chat')])).toHaveLength(1);
    await undone('route-create');
    expect(await world.control.sql(sql, [about('route-create', 'chat')])).toEqual([]);
  });

  it('routes.withdraw: undo makes the route once more', async () => {
    await undone('route-withdraw');
    const { routes } = await look(about('route-withdraw', 'person'));
    expect(routes).toMatchObject([{ scope: 'user', is_active: 1, priority: 0 }]);
  });

  it('routes.activate: undo switches it on', async () => {
    expect(await route(about('route-activate', 'route'))).toMatchObject({ is_active: 0 });
    await undone('route-activate');
    expect(await route(about('route-activate', 'route'))).toMatchObject({ is_active: 1 });
  });

  it('routes.many: undo switches all on, undo makes all again', async () => {
    await undone('many-off');
    for (const id of Object.values(old('many-off').about)) expect(await route(id)).toMatchObject({ is_active: 1 });
    const count = async () => (await world.control.sql('SELECT id FROM agent_routes')).length;
    const before = await count();
    await undone('many-delete');
    expect(await count()).toBe(before + 2);
  });

  it('routes.many: one that stopped deletes the rest, one that was refused is tried again', async () => {
    await continued('many-delete-stopped');
    for (const id of Object.values(old('many-delete-stopped').about)) expect(await route(id)).toBeNull();
    await continued('many-off-failed');
    for (const id of Object.values(old('many-off-failed').about))
      expect(await route(id)).toMatchObject({ is_active: 0 });
  });
});

describe('keys', () => {
  it('keys.create: undo revokes the key', async () => {
    await undone('key-create');
    expect(await key(about('key-create', 'key'))).toMatchObject({ status: 'revoked' });
  });

  it('keys.create: a key nobody could read is revoked when it continues', async () => {
    await continued('key-create-died', 'differs');
    expect(await key(about('key-create-died', 'key'))).toMatchObject({ status: 'revoked' });
  });

  it('keys.edit: undo puts every field back', async () => {
    await undone('key-edit');
    expect(await key(about('key-edit', 'key'))).toMatchObject({
      name: about('key-edit', 'name'),
      description: 'CRM',
      scopes: '["persons:read","auth:validate"]',
      instance_ids: null,
      rate_limit: null,
      expires_at: null,
    });
  });

  it('keys.set-expiry: undo takes the end away', async () => {
    await undone('expiry');
    expect(await key(about('expiry', 'key'))).toMatchObject({ expires_at: null, description: 'CRM' });
  });
});

describe('rotations', () => {
  const rotation = (role: string): OldRotation => {
    const one = manifest.rotations[role];
    if (!one) throw new Error(`no rotation ${role}`);
    return one;
  };
  // Reconciling records what it sees.
  beforeEach(() => (used = true));
  const rowOf = async ({ id }: OldRotation) => {
    const row = await readRotation(world.db, id);
    if (!row) throw new Error('no rotation');
    return row;
  };
  const progressOf = async (one: OldRotation) =>
    readRotationProgress(world.db, world.runner().omni(), await rowOf(one));
  const reconciled = async (one: OldRotation) => {
    await reconcile(world.db, world.runner().omni(), await rowOf(one));
    return readRotationProgress(world.db, world.runner().omni(), await rowOf(one));
  };
  const expiry = ({ id, oldKeyId, newKeyId, newPrefix }: OldRotation, ms: number) => ({
    keyId: oldKeyId,
    expiresAt: new Date(Date.now() + ms).toISOString(),
    replacedBy: { id: newKeyId, prefix: newPrefix },
    rotationId: id,
  });

  it('each stands where it stood', async () => {
    const states = Object.fromEntries(
      await Promise.all(
        Object.entries(manifest.rotations).map(async ([role, one]) => [role, (await progressOf(one)).state]),
      ),
    );
    expect(states).toEqual({
      stored: 'stored',
      overlap: 'overlap',
      'expiry-back': 'stored',
      died: 'stopped',
      'expiry-died': 'stored',
      done: 'done',
      cancelled: 'cancelled',
      'cancel-died': 'stored',
      unstored: 'unstored',
    });
    const open = await rotationsUnderWay(world.db, SERVER);
    expect(open.map(({ who }) => who)).toEqual(Array(7).fill('Ana'));
  });

  it('keys.set-expiry and keys.revoke: one whose new key is stored goes on to its end', async () => {
    const one = rotation('stored');
    await done('keys.set-expiry', expiry(one, 900_000));
    expect((await progressOf(one)).state).toBe('overlap');
    await done('keys.revoke', { id: one.oldKeyId, reason: 'Rotated', replacedBy: one.newKeyId });
    expect((await reconciled(one)).state).toBe('done');
    expect(await key(one.oldKeyId)).toMatchObject({ status: 'revoked', revoke_reason: 'Rotated' });
    expect(await key(one.newKeyId)).toMatchObject({ status: 'active', expires_at: null });
    expect((await readRotation(world.db, one.id))?.closedAs).toBe('done');
  });

  it('keys.revoke: one with an end ahead ends before it', async () => {
    const one = rotation('overlap');
    await done('keys.revoke', { id: one.oldKeyId, reason: 'Rotated', replacedBy: one.newKeyId });
    expect((await progressOf(one)).state).toBe('done');
  });

  it('one whose end comes has expired', async () => {
    const one = rotation('overlap');
    await world.control.moveClock(2 * 3_600_000);
    expect((await progressOf(one)).state).toBe('expired');
  });

  it('keys.set-expiry: one that died before the end was set continues', async () => {
    const one = rotation('expiry-died');
    await continued('expiry-died');
    expect((await progressOf(one)).state).toBe('overlap');
    expect(await key(one.oldKeyId)).toMatchObject({
      description: `CRM [replaced by ${one.newPrefix}… ${one.newKeyId}]`,
    });
  });

  it('keys.mint: a key that was made and never shown is found, and the rotation can be cancelled', async () => {
    const one = rotation('died');
    await continued('mint-died', 'differs');
    const progress = await progressOf(one);
    expect([progress.state, progress.delivered]).toEqual(['unstored', false]);
    const newKeyId = progress.row.newKeyId ?? '';
    await done('keys.cancel-rotation', { rotationId: one.id, oldKeyId: one.oldKeyId, newKeyId, oldExpiresAt: null });
    expect([await key(one.oldKeyId), await key(newKeyId)]).toMatchObject([{ status: 'active' }, { status: 'revoked' }]);
  });

  it('keys.cancel-rotation: one that died between the two keys continues', async () => {
    const one = rotation('cancel-died');
    await continued('cancel-died');
    expect((await progressOf(one)).state).toBe('cancelled');
    expect(await key(one.oldKeyId)).toMatchObject({ status: 'active', expires_at: null, description: 'CRM' });
    expect(await key(one.newKeyId)).toMatchObject({ status: 'revoked' });
  });

  it('one whose new key was not stored yet can be told so, and its key stands for the old one in Activity', async () => {
    const one = rotation('unstored');
    await acknowledge(world.db, one.id, Date.now());
    expect((await progressOf(one)).state).toBe('stored');
    const actors = actorNames(SERVER, String((await key(one.newKeyId)).key_hash));
    expect(await formersOf(world.db, actors)).toEqual([manifest.others.formerActor]);
    const [entry] = await listEntries(
      world.db,
      { ...reader, scopes: [], actors: await formersOf(world.db, actors) },
      {},
      10,
    );
    expect(entry?.id).toBe(old('edit-by-replaced-key').id);
  });
});

describe('the rest of the store', () => {
  const other = (name: string) => manifest.others[name] ?? '';

  it('a decision that two people are not one still holds', async () => {
    const [one, two] = [await look(other('decidedOne')), await look(other('decidedOther'))];
    const candidate = (id: string) => ({
      person: { id, displayName: null, primaryPhone: null, primaryEmail: other('decidedEmail') },
      identities: null,
    });
    const [a, b] = [candidate(other('decidedOne')), candidate(other('decidedOther'))];
    expect([one.person?.primary_email, two.person?.primary_email]).toEqual(Array(2).fill(other('decidedEmail')));
    const decided = await decisionsAbout(world.db, SERVER, a.person.id, [
      { id: b.person.id, evidence: evidenceFor(a, b) },
    ]);
    expect(decided).toEqual([{ other: b.person.id, who: 'Ana', decidedAt: expect.any(Number) }]);
  });

  it('saved questions to routing can be read', async () => {
    expect(await listSavedTests(world.db, SERVER)).toMatchObject([
      { id: other('probe'), chatId: other('probeChat'), personId: null, title: 'O grupo novo' },
      { id: other('probeNobody'), chatId: null, personId: other('decidedOne'), agentId: null, title: null },
    ]);
  });

  it('copies of calls can be read', async () => {
    expect(await readExport(world.db, other('exportDone'))).toMatchObject({
      status: 'done',
      who: 'Ana',
      kept: 12,
      unreadable: false,
    });
    expect(await readPage(world.db, other('exportDone'), 0)).toHaveLength(12);
    expect(await readExport(world.db, other('exportStopped'))).toMatchObject({
      status: 'stopped',
      filter: { method: 'PATCH' },
    });
  });

  it.each(manifest.sessions)('$who is still signed in', async ({ who, sid, actor, scopes, cookie }) => {
    expect(await readSessionRow(world.db, sid)).toMatchObject({ yourName: who, actor, scopes, endedAt: null });
    expect(await openCookie(cookie, env())).toMatchObject({ ok: true, sid, server: SERVER });
  });
});

describe('previews that were not run', () => {
  /** What these agreed to is stored under names that changed: their fingerprints do not fit any more (ADR 0026). */
  const agreedBefore = [
    'keys.create',
    'keys.edit',
    'keys.revoke',
    'keys.set-expiry',
    'persons.edit',
    'routes.activate',
    'persons.merge',
    'persons.move-identity',
    'persons.unlink',
    'persons.unmerge',
    'routes.create',
    'routes.delete',
    'routes.edit',
  ];

  it.each(manifest.tokens.filter(({ operation }) => !agreedBefore.includes(operation)))(
    '$operation: runs as it was agreed to',
    async ({ who, token }) => {
      const entry = await endOf(await start(world.runner(who), token));
      expect(entry.status).toBe('done');
      said(viewOf(entry));
    },
  );

  it.each(manifest.tokens.filter(({ operation }) => agreedBefore.includes(operation)))(
    '$operation: is shown anew, and runs then',
    async ({ who, token }) => {
      await shownAnew(start(world.runner(who), token), who);
    },
  );

  it('are refused when their time is over', async () => {
    vi.setSystemTime(soonAfter(manifest) + 16 * 60_000);
    for (const { who, token } of manifest.tokens) {
      expect(await start(world.runner(who), token)).toEqual({ is: 'problem', problem: { code: 'preview_expired' } });
    }
  });
});
