import 'server-only';
import { randomUUID } from 'node:crypto';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { gzipSync } from 'node:zlib';
import type { Dump, Manifest, OldEntry, OldRotation, OldSession, Worlds } from './old-store.ts';

/*
 * How lib/operations/testing/old-store was made, by hand and once, on commit 316e86c:
 *
 *   node --conditions=react-server lib/operations/testing/write-old-store.ts
 *
 * Every operation of the console runs against a sandbox and a store of its own; some of them end in the middle.
 */

const OUT = join(import.meta.dirname, 'old-store');
mkdirSync(OUT, { recursive: true });
const folder = mkdtempSync(join(tmpdir(), 'omni-write-old-'));
const SERVER = { id: 'demo', name: 'Demo', url: 'http://127.0.0.1:8882' };
const ENV = {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  OMNI_SERVERS: `${SERVER.name}=${SERVER.url}`,
};
Object.assign(process.env, ENV, { STORE_FILE: join(folder, 'console.db'), LOG_LEVEL: 'silent' });
const { portrait, routeRow } = await import('./old-store.ts');
const { OPERATIONS } = await import('#app/operations.ts');
const { env } = await import('#lib/env.ts');
const { createExport, noteTaken, readExport, stopExport } = await import('#lib/keys/audit-exports.ts');
const { runExport } = await import('#lib/keys/audit-export-run.ts');
const { awaitKey, forgetKey } = await import('#lib/keys/minted.ts');
const { noteMade } = await import('#lib/keys/note-made.ts');
const { rotationBoard } = await import('#lib/keys/rotation-board.ts');
const { acknowledge, noteRotation, readRotation } = await import('#lib/keys/rotations.ts');
const { callRows } = await import('#lib/keys/testing/calls.ts');
const { Credential } = await import('#lib/omni/credential.ts');
const { readingFresh } = await import('#lib/omni/read.ts');
const { omniAs } = await import('#lib/omni/request.ts');
const { forgetPerson } = await import('#lib/operations/forget.ts');
const { readEntry } = await import('#lib/operations/journal.ts');
const { requestStop } = await import('#lib/operations/lease.ts');
const { preview } = await import('#lib/operations/preview.ts');
const { start } = await import('#lib/operations/run.ts');
const { undoPreview } = await import('#lib/operations/undo.ts');
const { viewOf } = await import('#lib/operations/view.ts');
const { decideNotSame } = await import('#lib/persons/decisions.ts');
const { evidenceFor } = await import('#lib/persons/duplicate-evidence.ts');
const { saveProbe } = await import('#lib/routes/probes.ts');
const { countWrites } = await import('#lib/session/counted-writes.ts');
const { newCode } = await import('#lib/session/recovery-codes.ts');
const { forgeSession } = await import('#lib/session/testing/forge-session.ts');
const { readSessionRow } = await import('#lib/session/sessions.ts');
const { tryProof, trySignIn } = await import('#lib/session/throttle.ts');
const { closeStore, store } = await import('#lib/store/database.ts');
const { createControl } = await import('../../../sandbox/control-client.ts');
const { DEMO_KEYS, DEMO_SECRETS } = await import('../../../sandbox/keys-demo.ts');
const { startSandbox } = await import('../../../sandbox/server.ts');

type Runner = Parameters<typeof preview>[0];

const sandbox = await startSandbox({ port: 8882, file: join(folder, 'omni.db'), persons: 100 });
const control = createControl(sandbox.url);
await control.reset({ empty: true });
await control.rateLimit(1_000_000);
const db = await store();

/** A database as its schema and its rows, which pack smaller than its pages. */
function dump(file: string): Dump {
  const from = new DatabaseSync(file);
  // An index of the sandbox's needs it.
  from.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  const schema = from
    .prepare("SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY type <> 'table', rowid")
    .all();
  const tables = schema.filter(({ type }) => type === 'table').map((row) => String(row.name));
  const rows = tables.map((table) => {
    const columns = from
      .prepare(`PRAGMA table_info(${table})`)
      .all()
      .map((column) => String(column.name));
    const all = from.prepare(`SELECT ${columns.join(', ')} FROM ${table}`).all();
    return { table, columns, rows: all.map((row) => columns.map((column) => row[column] as string | number | null)) };
  });
  from.close();
  return { schema: schema.map((row) => String(row.sql)), tables: rows.filter((one) => one.rows.length > 0) };
}

const pack = (name: string, value: unknown) =>
  writeFileSync(join(OUT, name), gzipSync(JSON.stringify(value), { level: 9 }));

// --- who ---------------------------------------------------------------------------------------------------------------

const people = new Map<string, { session: OldSession; credential: InstanceType<typeof Credential> }>();
async function signIn(who: string, key: OldSession['key'], scopes: readonly string[], secret = DEMO_SECRETS[key]) {
  const forged = await forgeSession(db, env(), {
    serverId: SERVER.id,
    key: secret ?? '',
    keyName: key,
    yourName: who,
    scopes: [...scopes],
    browser: 'Chrome · Windows',
  });
  const actor = (await readSessionRow(db, forged.sid))?.actor ?? '';
  const session = { who, key, sid: forged.sid, actor, scopes: [...scopes], cookie: forged.value };
  people.set(who, { session, credential: new Credential(SERVER, secret ?? '') });
  return session;
}
await signIn('Ana', 'admin', ['*']);
await signIn('Bia', 'support', DEMO_KEYS.support.scopes);

/** `stop`: is asked to stop after the nth write. `die`: hears nothing any more after it, `die-before`: instead of it. */
type Hitch = { nth: number; is: 'stop' | 'die' | 'die-before' | 'die-checking' };
let died: (() => void) | undefined;

function runner(who = 'Ana', hitch?: Hitch): Runner {
  const one = people.get(who);
  if (!one) throw new Error(who);
  const { sid, actor, key, scopes } = one.session;
  const never = () => (died?.(), new Promise<never>(() => {}));
  return {
    operations: OPERATIONS,
    db,
    omni: (entryId) => {
      const omni = omniAs(one.credential, { actor: who, ...(entryId ? { entryId } : {}) });
      if (!hitch || entryId === undefined) return readingFresh(omni);
      let writes = 0;
      return readingFresh({
        ...omni,
        request: async (call) => {
          if (hitch.is === 'die-checking') return never();
          if (call.method === 'GET') return omni.request(call);
          writes += 1;
          if (writes === hitch.nth && hitch.is === 'die-before') return never();
          const answer = await omni.request(call);
          if (writes === hitch.nth && hitch.is === 'stop') await requestStop(db, entryId);
          if (writes === hitch.nth && hitch.is === 'die') return never();
          return answer;
        },
      });
    },
    session: { sid, server: SERVER.id, actor, keyName: key, yourName: who, scopes, proved: true },
    lease: { holdMs: 15_000, beatMs: 1e9 },
    wait: (ms) => sleep(ms / 200),
  };
}

// --- running -----------------------------------------------------------------------------------------------------------

const entries: Record<string, OldEntry> = {};

async function keep(role: string, id: string, status: string, about = {}, was = {}) {
  const entry = await readEntry(db, id);
  if (entry?.status !== status) {
    throw new Error(
      `${role}: ${entry?.status}, not ${status}: ${JSON.stringify([entry?.body.problem, entry?.steps, entry?.body.receipt])}`,
    );
  }
  if (entries[role]) throw new Error(`${role} twice`);
  entries[role] = { id, operation: entry.operation, status, undo: null, continuable: false, about, was };
  return id;
}

type Seen = Awaited<ReturnType<typeof preview>>;

async function startOf(who: Runner, seen: Seen) {
  if (!seen.ok) throw new Error(`no preview: ${JSON.stringify(seen.problem)}`);
  if (seen.plan.refusal) throw new Error(`refused: ${JSON.stringify(seen.plan.refusal)}`);
  return start(who, seen.token);
}

async function ended(who: Runner, seen: Seen) {
  const started = await startOf(who, seen);
  if (started.is !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  await started.job;
  return started;
}

type More = { who?: string; hitch?: Hitch; status?: string; about?: object; was?: object };

/** Runs an operation and keeps its entry under a name. */
async function run(role: string, name: string, input: unknown, { who, hitch, status = 'done', about, was }: More = {}) {
  try {
    const by = runner(who, hitch);
    const seen = await preview(by, name, input);
    if (hitch?.is.startsWith('die')) {
      const death = new Promise<void>((resolve) => (died = resolve));
      const before = await db.selectFrom('operations').select('id').execute();
      const going = startOf(by, seen);
      going.catch(() => {});
      await death;
      await sleep(30);
      const known = new Set(before.map(({ id }) => id));
      const now = await db.selectFrom('operations').select('id').execute();
      const [id = ''] = now.map((row) => row.id).filter((one) => !known.has(one));
      return keep(role, id, status, about, was);
    }
    const { entryId } = await ended(by, seen);
    return await keep(role, entryId, status, about, was);
  } catch (error) {
    throw new Error(`${role} (${name})`, { cause: error });
  }
}

/** Takes an entry back and keeps the entry that did. */
async function undo(role: string, of: string, { who, hitch, status = 'done', about, was }: More = {}) {
  const by = runner(who, hitch);
  const seen = await undoPreview(by, of);
  try {
    return await keep(role, (await ended(by, seen)).entryId, status, about, was);
  } catch (error) {
    throw new Error(role, { cause: error });
  }
}

const tokens: Manifest['tokens'] = [];
async function token(operation: string, input: unknown, about: Record<string, string>, who = 'Ana') {
  const seen = await preview(runner(who), operation, input);
  if (!seen.ok || seen.plan.refusal) throw new Error(`${operation}: ${JSON.stringify(seen)}`);
  tokens.push({ operation, who, token: seen.token, about });
}

// --- the world ---------------------------------------------------------------------------------------------------------

const uuid = (kind: string, number: number) =>
  `${kind.padEnd(8, kind)}-0000-4000-8000-${String(number).padStart(12, '0')}`;
const [VENDAS, SUPORTE, FISCAL] = [1, 2, 3].map((number) => uuid('b', number)) as [string, string, string];
const [CENTRO, NORTE, SUL, OESTE] = [1, 2, 3, 4].map((number) => uuid('1', number)) as [string, string, string, string];
const provider = uuid('a', 1);
await control.rows({
  agent_providers: [{ id: provider, name: 'agno-local', baseUrl: 'http://127.0.0.1:7777' }],
  agents: [
    { id: VENDAS, name: 'Vendas', agentProviderId: provider },
    { id: SUPORTE, name: 'Suporte', agentProviderId: provider },
    { id: FISCAL, name: 'Fiscal', agentProviderId: provider },
  ],
  instances: [
    { id: CENTRO, name: 'Loja Centro', agentId: VENDAS },
    { id: NORTE, name: 'Loja Norte', agentId: VENDAS },
    { id: SUL, name: 'Loja Sul', agentId: SUPORTE },
    { id: OESTE, name: 'Loja Oeste', agentId: SUPORTE },
  ],
});

let made = 0;
const FIRST = ['Maria', 'João', 'Ana', 'Pedro', 'Lúcia', 'Rui', 'Inês', 'Caio', 'Bento', 'Rosa'];
const LAST = ['Souza', 'Lima', 'Prado', 'Alves', 'Nunes', 'Reis', 'Dias'];
type Someone = { id: string; name: string; phone: string; handles: string[]; identities: string[] };

async function person(identities = 1, more: Record<string, unknown> = {}): Promise<Someone> {
  made += 1;
  const id = randomUUID();
  const phone = `+55119${String(81_000_000 + made)}`;
  const name = `${FIRST[made % FIRST.length]} ${LAST[made % LAST.length]} ${made}`;
  const rows = Array.from({ length: identities }, (_, index) => ({
    id: randomUUID(),
    personId: id,
    instanceId: [CENTRO, NORTE, SUL][index % 3],
    platformUserId: `55119${String(81_000_000 + made * 10 + index)}@s.whatsapp.net`,
    messageCount: index * 3,
  }));
  await control.rows({ persons: [{ id, displayName: name, primaryPhone: phone, ...more }], platform_identities: rows });
  return {
    id,
    name,
    phone,
    handles: rows.map((row) => row.platformUserId),
    identities: rows.map((row) => row.id),
  };
}

async function route(more: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  await control.rows({ agent_routes: [{ id, instanceId: CENTRO, scope: 'user', agentId: VENDAS, ...more }] });
  return id;
}

async function chat(instanceId = CENTRO): Promise<string> {
  made += 1;
  const id = randomUUID();
  await control.rows({
    chats: [{ id, instanceId, externalId: `grupo-${made}@g.us`, name: `Grupo ${made}`, chatType: 'group' }],
  });
  return id;
}

const rule = (more: Record<string, unknown>) =>
  control.rows({ access_rules: [{ instanceId: CENTRO, reason: 'spam', ...more }] });
const mergeInput = (goes: Someone, stays: Someone, more = {}) => ({
  goes: goes.id,
  stays: stays.id,
  reason: '',
  fields: {},
  routes: {},
  ...more,
});
const both = (goes: Someone, stays: Someone) => ({ goes: goes.id, stays: stays.id });
const bothWere = async (goes: Someone, stays: Someone) => ({
  goes: await portrait(control, goes.id),
  stays: await portrait(control, stays.id),
});

// --- merges without routes: every one of them keeps all routes there are -----------------------------------------------

{
  const [goes, stays] = [await person(2), await person()];
  const was = await bothWere(goes, stays);
  const id = await run('merge-undone', 'persons.merge', mergeInput(goes, stays), { about: both(goes, stays), was });
  await undo('unmerge', id, { about: both(goes, stays) });
}
{
  const [goes, stays] = [await person(1, { primaryEmail: 'morre@example.com' }), await person()];
  await rule({ ruleType: 'deny', personId: goes.id, phonePattern: '+5506*' });
  const was = await bothWere(goes, stays);
  await run('merge-died', 'persons.merge', mergeInput(goes, stays), {
    hitch: { nth: 2, is: 'die' },
    status: 'running',
    about: both(goes, stays),
    was,
  });
}
{
  const [goes, stays] = [await person(1, { primaryEmail: 'falha@example.com' }), await person()];
  await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${stays.id}` });
  const was = await bothWere(goes, stays);
  await run('merge-failed', 'persons.merge', mergeInput(goes, stays), {
    status: 'failed',
    about: both(goes, stays),
    was,
  });
  await control.clearFaults();
}
{
  const [stays, one, two] = [await person(), await person(1, { primaryEmail: 'um@example.com' }), await person(2)];
  await rule({ ruleType: 'deny', personId: two.id, phonePattern: '+5505*' });
  const was = {
    stays: await portrait(control, stays.id),
    one: await portrait(control, one.id),
    two: await portrait(control, two.id),
  };
  await run(
    'merge-many',
    'persons.merge-many',
    { stays: stays.id, goes: [one.id, two.id], reason: 'Três em uma' },
    {
      about: { stays: stays.id, one: one.id, two: two.id },
      was,
    },
  );
}
{
  const [stays, one, two] = [await person(), await person(), await person()];
  const about = { stays: stays.id, one: one.id, two: two.id };
  const id = await run(
    'merge-many-undone',
    'persons.merge-many',
    { stays: stays.id, goes: [one.id, two.id], reason: '' },
    { about },
  );
  await undo('unmerge-many', id, { about });
}
{
  const [stays, one, two] = [await person(), await person(), await person()];
  await run(
    'merge-many-stopped',
    'persons.merge-many',
    { stays: stays.id, goes: [one.id, two.id], reason: '' },
    {
      hitch: { nth: 1, is: 'stop' },
      status: 'stopped',
      about: { stays: stays.id, one: one.id, two: two.id },
    },
  );
}

// --- identities ----------------------------------------------------------------------------------------------------------

{
  const one = await person(2);
  const fill = { displayName: 'Outra Pessoa', primaryPhone: '+5511970000001' };
  const input = { personId: one.id, identityId: one.identities[1], reason: 'São duas', fill };
  await run('unlink', 'persons.unlink', input, {
    about: { person: one.id, identity: one.identities[1] ?? '' },
    was: { person: await portrait(control, one.id) },
  });
}
{
  const one = await person(2);
  const input = { personId: one.id, identityId: one.identities[1], reason: '', fill: {} };
  const id = await run('unlink-undone', 'persons.unlink', input, {
    about: { person: one.id, identity: one.identities[1] ?? '' },
  });
  await undo('put-back', id, { about: { person: one.id, identity: one.identities[1] ?? '' } });
}
{
  const one = await person(2);
  const input = {
    personId: one.id,
    identityId: one.identities[0],
    reason: '',
    fill: { displayName: 'Parada', primaryPhone: null },
  };
  await run('unlink-stopped', 'persons.unlink', input, {
    hitch: { nth: 1, is: 'stop' },
    status: 'stopped',
    about: { person: one.id, identity: one.identities[0] ?? '' },
  });
}
const move = (from: Someone, to: Someone) => ({
  identityId: from.identities[0],
  fromPersonId: from.id,
  toPersonId: to.id,
  reason: 'É dela',
});
const moving = (from: Someone, to: Someone) => ({ from: from.id, to: to.id, identity: from.identities[0] ?? '' });
{
  const [from, to] = [await person(2), await person()];
  await route({ personId: from.id, label: 'fica para trás' });
  const was = { from: await portrait(control, from.id), to: await portrait(control, to.id) };
  await run('move', 'persons.move-identity', move(from, to), { about: moving(from, to), was });
}
{
  const [from, to] = [await person(2), await person()];
  const was = { from: await portrait(control, from.id), to: await portrait(control, to.id) };
  await run('move-stopped', 'persons.move-identity', move(from, to), {
    hitch: { nth: 1, is: 'stop' },
    status: 'stopped',
    about: moving(from, to),
    was,
  });
}

// --- merges with routes ---------------------------------------------------------------------------------------------------

{
  const [goes, stays] = [await person(2, { primaryEmail: 'para@example.com' }), await person()];
  await rule({ ruleType: 'deny', personId: goes.id, phonePattern: '+5507*' });
  await route({ personId: goes.id, instanceId: NORTE, label: 'parada' });
  await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [goes.id, SUPORTE]);
  const was = await bothWere(goes, stays);
  await run('merge-stopped', 'persons.merge', mergeInput(goes, stays), {
    hitch: { nth: 3, is: 'stop' },
    status: 'stopped',
    about: both(goes, stays),
    was,
  });
}
{
  const goes = await person(2, {
    primaryEmail: 'maria@example.com',
    avatarUrl: 'https://img.example.com/maria.png',
    metadata: { plano: 'ouro' },
  });
  const stays = await person(1, { primaryEmail: 'outra@example.com', metadata: { plano: 'prata' } });
  await rule({ ruleType: 'deny', personId: goes.id, phonePattern: '+5509987*' });
  await rule({ ruleType: 'deny', personId: goes.id, platformUserId: goes.handles[0] });
  await rule({ ruleType: 'deny', personId: goes.id });
  await rule({ ruleType: 'deny', personId: goes.id, phonePattern: '+5508*', expiresAt: '2020-01-01T00:00:00.000Z' });
  const replacing = await route({ personId: goes.id, label: 'da que sai', agentTimeout: 7, priority: 3 });
  const replaced = await route({
    personId: stays.id,
    label: 'da que fica',
    agentId: SUPORTE,
    messageDebounceMode: 'fixed',
  });
  await route({ personId: goes.id, instanceId: NORTE, label: 'do norte', agentReplyFilter: filter() });
  await route({ personId: goes.id, instanceId: SUL, label: 'sem agente', agentId: null });
  await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [goes.id, FISCAL]);
  await control.rows({
    automations: [{ name: 'Saudação', triggerConditions: [{ field: 'personId', operator: 'eq', value: goes.id }] }],
  });
  const was = await bothWere(goes, stays);
  const input = mergeInput(goes, stays, {
    reason: 'A mesma cliente',
    fields: { displayName: 'goes', primaryPhone: 'stays', primaryEmail: 'goes', metadata: 'goes' },
    routes: { [replacing]: 'replace' },
  });
  await run('merge', 'persons.merge', input, { about: { ...both(goes, stays), replacing, replaced }, was });
}
{
  const [goes, stays] = [await person(2, { primaryEmail: 'volta@example.com' }), await person()];
  await rule({ ruleType: 'deny', personId: goes.id, phonePattern: '+5504*' });
  await route({ personId: goes.id, instanceId: OESTE, label: 'perde' });
  await route({ personId: stays.id, instanceId: OESTE, label: 'a de quem fica', agentId: SUPORTE });
  const replacing = await route({ personId: goes.id, label: 'toma o lugar' });
  await route({ personId: stays.id, label: 'cede o lugar', agentId: SUPORTE });
  await route({ personId: goes.id, instanceId: SUL, label: 'sem agente', agentId: null });
  await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [goes.id, VENDAS]);
  const was = await bothWere(goes, stays);
  const input = mergeInput(goes, stays, { routes: { [replacing]: 'replace' } });
  const id = await run('merge-half-undone', 'persons.merge', input, { about: both(goes, stays), was });
  await undo('unmerge-stopped', id, {
    hitch: { nth: 2, is: 'stop' },
    status: 'stopped',
    about: both(goes, stays),
    was,
  });
}

// --- fields --------------------------------------------------------------------------------------------------------------

{
  const one = await person(1, { primaryEmail: 'antes@example.com', metadata: { cor: 'azul' } });
  const was = { person: await portrait(control, one.id) };
  const changes = {
    displayName: 'Nome Novo',
    primaryPhone: '(11) 97000-0002',
    primaryEmail: '',
    avatarUrl: 'https://img.example.com/novo.png',
    metadata: { cor: 'verde', nota: 1 },
  };
  const expects = { displayName: one.name, metadata: { cor: 'azul' } };
  await run('edit', 'persons.edit', { id: one.id, changes, expects }, { about: { person: one.id }, was });
  const two = await person();
  const id = await run(
    'edit-undone',
    'persons.edit',
    { id: two.id, changes: { displayName: 'Por engano' } },
    {
      who: 'Bia',
      about: { person: two.id },
    },
  );
  await undo('restore', id, { who: 'Bia', about: { person: two.id } });
}
const editing = (one: Someone) => ({ id: one.id, changes: { displayName: 'Mudado' } });
{
  const [refused, lost, other, stale, checking, after] = [
    await person(),
    await person(),
    await person(),
    await person(),
    await person(),
    await person(),
  ];
  const about = (one: Someone) => ({ about: { person: one.id } });
  await control.fault({ kind: 'status', status: 403, method: 'PATCH', path: `/persons/${refused.id}` });
  await run('edit-failed', 'persons.edit', editing(refused), { status: 'failed', ...about(refused) });
  await control.fault({ kind: 'cut', when: 'after', method: 'PATCH', path: `/persons/${lost.id}` });
  await control.fault({
    kind: 'status',
    status: 500,
    method: 'GET',
    path: `/persons/${lost.id}$`,
    nth: 3,
    times: null,
  });
  await run('edit-outcome-unknown', 'persons.edit', editing(lost), { status: 'interrupted', ...about(lost) });
  await control.clearFaults();
  const sql = "UPDATE persons SET display_name = 'Outro escreveu' WHERE id = ?";
  await control.fault({
    kind: 'write',
    when: 'after',
    method: 'PATCH',
    path: `/persons/${other.id}`,
    sql,
    params: [other.id],
  });
  await run('edit-differs', 'persons.edit', editing(other), { status: 'differs', ...about(other) });
  await control.clearFaults();
  const by = runner();
  const seen = await preview(by, 'persons.edit', editing(stale));
  await control.write("UPDATE persons SET display_name = 'Antes de nós' WHERE id = ?", [stale.id]);
  const started = await startOf(by, seen);
  if (started.is !== 'stale') throw new Error(started.is);
  await keep('edit-stale', started.entryId, 'stale', { person: stale.id });
  await run('edit-died-checking', 'persons.edit', editing(checking), {
    hitch: { nth: 0, is: 'die-checking' },
    status: 'checking',
    ...about(checking),
  });
  await run('edit-died-after', 'persons.edit', editing(after), {
    hitch: { nth: 1, is: 'die' },
    status: 'running',
    ...about(after),
  });
}
{
  const one = await person();
  await run('edit-forgotten', 'persons.edit', editing(one), { about: { person: one.id } });
  const asker = { actor: people.get('Ana')?.session.actor ?? '', keyName: 'admin', yourName: 'Ana' };
  const { entryId } = await forgetPerson(db, SERVER.id, [one.id], asker, Date.now());
  await keep('forget', entryId, 'done', { person: one.id });
}

// --- routes --------------------------------------------------------------------------------------------------------------

function filter() {
  const conditions = { onDm: true, onMention: true, onReply: false, onNameMatch: true, namePatterns: ['loja'] };
  return { mode: 'filtered', conditions };
}

const FULL = {
  label: 'Nova',
  priority: 2,
  agentTimeout: 30,
  agentReplyFilter: filter(),
  agentSessionStrategy: 'per_chat',
  agentGateEnabled: true,
  agentGateModel: 'gate',
  agentGatePrompt: 'Responda só se for pedido',
  messageDebounceMode: 'fixed',
  messageDebounceMinMs: 500,
  messageSplitDelayMode: 'randomized',
  reactionAck: 'on',
  reactionAckEmoji: { received: '👀' },
  agentAckMessage: 'Um momento',
  enableAutoSplit: false,
};
{
  const [at, again] = [await chat(), await person()];
  const body = { scope: 'chat', chatId: at, agentId: SUPORTE, isActive: true, ...FULL };
  await run('route-create', 'routes.create', { instanceId: CENTRO, body }, { about: { chat: at } });
  const user = { scope: 'user', personId: again.id, agentId: FISCAL };
  const id = await run(
    'route-create-undone',
    'routes.create',
    { instanceId: NORTE, body: user },
    { about: { person: again.id } },
  );
  await undo('route-withdraw', id, { about: { person: again.id } });
}
{
  const [one, two, three, four] = [await chat(), await chat(), await chat(), await chat()];
  const edited = await route({ scope: 'chat', chatId: one, label: 'A editar', agentAckMessage: 'Antes', priority: 1 });
  const [{ updated_at: since } = { updated_at: 0 }] = await control.sql<{ updated_at: number }>(
    'SELECT updated_at FROM agent_routes WHERE id = ?',
    [edited],
  );
  const { agentReplyFilter, agentSessionStrategy, agentTimeout } = FULL;
  const changes = {
    agentReplyFilter,
    agentSessionStrategy,
    agentTimeout,
    agentAckMessage: null,
    label: 'Editada',
    agentId: SUPORTE,
    isActive: false,
  };
  await run(
    'route-edit',
    'routes.edit',
    {
      instanceId: CENTRO,
      id: edited,
      since: new Date(Math.floor(since / 1000)).toISOString(),
      changes,
    },
    { about: { route: edited }, was: { route: await routeRow(control, edited) } },
  );
  const back = await route({ scope: 'chat', chatId: two, label: 'A voltar' });
  const id = await run(
    'route-edit-undone',
    'routes.edit',
    { instanceId: CENTRO, id: back, changes: { label: null, agentId: null } },
    {
      about: { route: back },
    },
  );
  await undo('route-edit-back', id, { about: { route: back } });
  const died = await route({ scope: 'chat', chatId: three, label: 'Morreu' });
  await run(
    'route-edit-died',
    'routes.edit',
    { instanceId: CENTRO, id: died, changes: { agentTimeout: 9 } },
    {
      hitch: { nth: 1, is: 'die' },
      status: 'running',
      about: { route: died },
    },
  );
  const off = await route({ scope: 'chat', chatId: four, label: 'A desligar' });
  await run(
    'route-activate',
    'routes.activate',
    { instanceId: CENTRO, id: off, active: false },
    { who: 'Bia', about: { route: off } },
  );
}
{
  const [one, two, at] = [await person(), await person(), await chat(NORTE)];
  const deleted = await route({ personId: one.id, label: 'Apagada', agentTimeout: 12, agentReplyFilter: filter() });
  await run(
    'route-delete',
    'routes.delete',
    { instanceId: CENTRO, id: deleted },
    {
      about: { route: deleted, person: one.id },
      was: { person: await portrait(control, one.id) },
    },
  );
  const bare = await route({ personId: two.id, instanceId: NORTE, label: 'Sem agente', agentId: null });
  const id = await run(
    'route-delete-undone',
    'routes.delete',
    { instanceId: NORTE, id: bare },
    { about: { route: bare, person: two.id } },
  );
  await undo('route-recreate', id, { about: { route: bare, person: two.id } });
  const half = await route({ scope: 'chat', chatId: at, instanceId: NORTE, label: 'A meio', agentId: null });
  const of = await run(
    'route-delete-half-undone',
    'routes.delete',
    { instanceId: NORTE, id: half },
    { about: { route: half, chat: at } },
  );
  await undo('route-recreate-stopped', of, {
    hitch: { nth: 1, is: 'stop' },
    status: 'stopped',
    about: { route: half, chat: at },
  });
}
{
  const refs = async (count: number) =>
    Promise.all(
      Array.from({ length: count }, async () => ({
        instanceId: SUL,
        id: await route({ scope: 'chat', instanceId: SUL, chatId: await chat(SUL) }),
      })),
    );
  const named = (routes: { id: string }[]) => Object.fromEntries(routes.map(({ id }, index) => [`route${index}`, id]));
  const [off, gone, half, refused] = [await refs(2), await refs(2), await refs(2), await refs(2)];
  await run('many-off', 'routes.many', { change: 'off', routes: off }, { about: named(off) });
  await run('many-delete', 'routes.many', { change: 'delete', routes: gone }, { about: named(gone) });
  await run(
    'many-delete-stopped',
    'routes.many',
    { change: 'delete', routes: half },
    {
      hitch: { nth: 1, is: 'stop' },
      status: 'stopped',
      about: named(half),
    },
  );
  await control.fault({ kind: 'status', status: 409, method: 'PATCH', path: `/routes/${refused[1]?.id}` });
  await run(
    'many-off-failed',
    'routes.many',
    { change: 'off', routes: refused },
    { status: 'failed', about: named(refused) },
  );
  await control.clearFaults();
}

// --- keys ----------------------------------------------------------------------------------------------------------------

type Key = { id: string; name: string; secret: string; prefix: string };
async function newKey(more: Record<string, unknown> = {}): Promise<Key> {
  made += 1;
  const secret = `omni_sk_${`Fixture${made}`.padEnd(32, '0')}`;
  const name = `chave ${made}`;
  const row = { name, secret, description: 'CRM', scopes: ['persons:read', 'auth:validate'], ...more };
  const [id = ''] = (await control.rows({ api_keys: [row] })).api_keys ?? [];
  return { id, name, secret, prefix: secret.slice(8, 16) };
}

const DAY = 86_400_000;
const inDays = (days: number) => new Date(Date.now() + days * DAY).toISOString();
const wish = (name: string, more = {}) => ({
  name,
  scopes: ['persons:read', 'auth:validate'],
  instanceIds: null,
  expiresAt: null,
  ...more,
});
const keysNamed = async (name: string) =>
  (await control.sql<{ id: string }>('SELECT id FROM api_keys WHERE name = ?', [name]))[0]?.id ?? '';
{
  await run(
    'key-create',
    'keys.create',
    wish('Robô novo', { description: 'Do site', expiresAt: inDays(90), rateLimit: 60, instanceIds: [CENTRO] }),
  );
  Object.assign(entries['key-create']?.about ?? {}, { key: await keysNamed('Robô novo') });
  const locked = { profile: 'personal', scopes: [], instanceAllowlist: [CENTRO] };
  const id = await run('key-create-undone', 'keys.create', wish('Robô com perfil', locked));
  const key = await keysNamed('Robô com perfil');
  await undo('key-revoke-undoing', id, { about: { key } });
  await run('key-create-died', 'keys.create', wish('Robô perdido'), {
    hitch: { nth: 1, is: 'die' },
    status: 'running',
  });
  Object.assign(entries['key-create-died']?.about ?? {}, { key: await keysNamed('Robô perdido') });
}
{
  const one = await newKey();
  const changes = {
    name: 'Outro nome',
    description: null,
    scopes: ['persons:read'],
    instanceIds: [NORTE],
    rateLimit: 5,
    expiresAt: inDays(30),
  };
  await run('key-edit', 'keys.edit', { id: one.id, changes }, { about: { key: one.id, name: one.name } });
  const two = await newKey();
  const id = await run(
    'key-edit-undone',
    'keys.edit',
    { id: two.id, changes: { description: 'Errado' } },
    { about: { key: two.id } },
  );
  await undo('key-edit-back', id, { about: { key: two.id } });
}
const omni = runner().omni();
const others: Record<string, string> = {};
{
  const used = await newKey({ usageCount: 12, lastUsedAt: new Date(Date.now() - 60_000).toISOString() });
  await control.rows({ api_key_audit_logs: callRows(used.id, 12) });
  await run('key-revoke', 'keys.revoke', { id: used.id, reason: 'Vazou', leaked: true }, { about: { key: used.id } });
  const actor = people.get('Ana')?.session.actor ?? '';
  const wanted = { server: SERVER.id, actor, who: 'Ana', separator: ';' as const, until: Date.now() };
  const whole = await createExport(db, { ...wanted, keyId: used.id, filter: {} }, Date.now());
  await runExport(db, omni, whole, { wait: () => sleep(1) });
  await noteTaken(db, whole.id, Date.now());
  const kept = await newKey({ usageCount: 5 });
  await control.rows({ api_key_audit_logs: callRows(kept.id, 5) });
  const stopped = await createExport(
    db,
    { ...wanted, keyId: kept.id, filter: { method: 'PATCH' } as never },
    Date.now(),
  );
  await stopExport(db, stopped.id);
  await runExport(db, omni, stopped, { wait: () => sleep(1) });
  const [one, two] = [await readExport(db, whole.id), await readExport(db, stopped.id)];
  if (one?.status !== 'done' || two?.status !== 'stopped') throw new Error(`exports: ${one?.status}, ${two?.status}`);
  Object.assign(others, { exportDone: whole.id, exportStopped: stopped.id, exportedKey: used.id, stoppedKey: kept.id });
  await run('key-delete', 'keys.delete', { id: used.id }, { about: { key: used.id } });
}

// --- rotations -----------------------------------------------------------------------------------------------------------

const rotations: Record<string, OldRotation> = {};

/** A rotation from its row to the new key, as the page of a rotation does it. */
async function rotate(
  role: string,
  key: Key,
  { acknowledged = true, hitch }: { acknowledged?: boolean; hitch?: Hitch } = {},
) {
  const id = randomUUID();
  const by = runner('Ana', hitch);
  const row = { id, server: SERVER.id, actor: by.session.actor, who: 'Ana', keyName: key.name, oldKeyId: key.id };
  await noteRotation(db, { ...row, oldPrefix: key.prefix, oldEnd: null, overlap: '1h', silentMinutes: 5 }, Date.now());
  awaitKey(id);
  const about = { rotation: id, key: key.id };
  const status = hitch ? 'running' : 'done';
  const entryId = await run(`mint-${role}`, 'keys.mint', { rotationId: id, keyId: key.id, expiresAt: null }, {
    hitch,
    status,
    about,
  } as More);
  forgetKey(id);
  const entry = await readEntry(db, entryId);
  const minted = entry?.steps[0]?.result as { id: string; prefix: string } | undefined;
  if (minted) await noteMade(db, omni, row, minted);
  if (minted && acknowledged) await acknowledge(db, id, Date.now());
  rotations[role] = { id, oldKeyId: key.id, newKeyId: minted?.id ?? '', newPrefix: minted?.prefix ?? '' };
  return rotations[role];
}

const HOUR = 3_600_000;
const expiry = ({ id, oldKeyId, newKeyId, newPrefix }: OldRotation) => ({
  keyId: oldKeyId,
  expiresAt: new Date(Date.now() + HOUR).toISOString(),
  replacedBy: { id: newKeyId, prefix: newPrefix },
  rotationId: id,
});
const cancel = ({ id, oldKeyId, newKeyId }: OldRotation) => ({ rotationId: id, oldKeyId, newKeyId, oldEnd: null });
const boardOf = async ({ id }: OldRotation) => {
  const row = await readRotation(db, id);
  return row && rotationBoard(db, omni, row);
};
{
  await rotate('stored', await newKey());
  const overlap = await rotate('overlap', await newKey());
  await run('expiry', 'keys.set-expiry', expiry(overlap), { about: { key: overlap.oldKeyId } });
  const back = await rotate('expiry-back', await newKey());
  const id = await run('expiry-undone', 'keys.set-expiry', expiry(back), { about: { key: back.oldKeyId } });
  await undo('expiry-back', id, { about: { key: back.oldKeyId } });
  await rotate('died', await newKey(), { hitch: { nth: 1, is: 'die' } });
  const died = await rotate('expiry-died', await newKey());
  await run('expiry-died', 'keys.set-expiry', expiry(died), {
    hitch: { nth: 1, is: 'die-before' },
    status: 'running',
    about: { key: died.oldKeyId },
  });
  const done = await rotate('done', await newKey());
  await run('revoke-done', 'keys.revoke', { id: done.oldKeyId, reason: 'Rotated', replacedBy: done.newKeyId });
  const cancelled = await rotate('cancelled', await newKey());
  await run('cancel', 'keys.cancel-rotation', cancel(cancelled));
  const half = await rotate('cancel-died', await newKey());
  await run('expiry-cancel-died', 'keys.set-expiry', expiry(half));
  await run('cancel-died', 'keys.cancel-rotation', cancel(half), {
    hitch: { nth: 2, is: 'die-before' },
    status: 'running',
  });
  for (const one of [done, cancelled]) await boardOf(one);
}
{
  // Somebody who did something with a key that was rotated afterwards.
  const key = await newKey({ scopes: ['*'] });
  await signIn('Caio', 'admin', ['*'], key.secret);
  const one = await person();
  await run('edit-by-replaced-key', 'persons.edit', editing(one), { who: 'Caio', about: { person: one.id } });
  others.formerActor = people.get('Caio')?.session.actor ?? '';
  people.delete('Caio');
  await rotate('unstored', key, { acknowledged: false });
}

// --- the other tables ------------------------------------------------------------------------------------------------------

{
  const [a, b] = [
    await person(1, { primaryEmail: 'iguais@example.com' }),
    await person(1, { primaryEmail: 'iguais@example.com' }),
  ];
  const candidate = ({ id, name, phone }: Someone) => ({
    person: { id, displayName: name, primaryPhone: phone, primaryEmail: 'iguais@example.com' },
    identities: null,
  });
  await decideNotSame(db, SERVER.id, [a.id, b.id], evidenceFor(candidate(a), candidate(b)), 'Ana', Date.now());
  const actor = people.get('Ana')?.session.actor ?? '';
  const at = await chat();
  const asked = { instanceId: CENTRO, chatId: at, personId: null, agentId: VENDAS, title: 'O grupo novo' };
  const probe = await saveProbe(db, { server: SERVER.id, actor }, asked, Date.now());
  const nobody = { instanceId: SUL, chatId: null, personId: a.id, agentId: null, title: null };
  const probeNobody = await saveProbe(db, { server: SERVER.id, actor }, nobody, Date.now());
  const sid = people.get('Ana')?.session.sid ?? '';
  await (await trySignIn(db, { server: SERVER.id, clientIp: '203.0.113.5' }, Date.now()))?.end('failed');
  await (await tryProof(db, sid, SERVER.id, Date.now()))?.end('good');
  const code = await newCode(db, SERVER.id, Date.now());
  await countWrites(omniAs(people.get('Ana')?.credential as never, { actor: 'Ana' }), db).request({
    method: 'PATCH',
    path: `/persons/${a.id}`,
    body: { displayName: 'Contada' },
    schema: { safeParse: (value: unknown) => ({ success: true, data: value }) } as never,
  });
  Object.assign(others, { decidedOne: a.id, decidedOther: b.id, decidedEmail: 'iguais@example.com' });
  Object.assign(others, {
    probe: probe ?? '',
    probeChat: at,
    probeNobody: probeNobody ?? '',
    recoveryCode: code?.id ?? '',
  });
}

// --- previews that were not run --------------------------------------------------------------------------------------------

{
  const [goes, stays, from, to, edited, alone] = [
    await person(2, { primaryEmail: 'cartao@example.com' }),
    await person(),
    await person(2),
    await person(),
    await person(),
    await person(2),
  ];
  const routed = await route({ scope: 'chat', chatId: await chat(), label: 'Do cartão' });
  const key = await newKey();
  await token('persons.merge', mergeInput(goes, stays), both(goes, stays));
  await token('persons.move-identity', move(from, to), moving(from, to));
  await token('persons.edit', editing(edited), { person: edited.id }, 'Bia');
  await token(
    'persons.unlink',
    { personId: alone.id, identityId: alone.identities[0], fill: {} },
    { person: alone.id },
  );
  await token('routes.edit', { instanceId: CENTRO, id: routed, changes: { agentTimeout: 44 } }, { route: routed });
  await token('routes.activate', { instanceId: CENTRO, id: routed, active: false }, { route: routed });
  await token('routes.delete', { instanceId: CENTRO, id: routed }, { route: routed });
  await token(
    'routes.create',
    {
      instanceId: CENTRO,
      body: { scope: 'user', personId: edited.id, agentId: FISCAL, label: 'Do cartão' },
    },
    { person: edited.id },
  );
  await token('keys.create', wish('Robô do cartão'), { name: 'Robô do cartão' });
  await token('keys.edit', { id: key.id, changes: { rateLimit: 7 } }, { key: key.id });
  await token('keys.set-expiry', { keyId: key.id, expiresAt: inDays(9) }, { key: key.id });
  await token('keys.revoke', { id: key.id, reason: 'Cartão' }, { key: key.id });
  const seen = await undoPreview(runner(), entries['merge-many']?.id ?? '');
  if (!seen.ok) throw new Error('no undo');
  tokens.push({ operation: 'persons.unmerge', who: 'Ana', token: seen.token, about: { of: 'merge-many' } });
}

// --- the end ---------------------------------------------------------------------------------------------------------------

const writtenAt = Date.now();
// As if a later moment looked at it: what died is interrupted.
for (const one of Object.values(entries)) {
  const entry = await readEntry(db, one.id);
  if (!entry) throw new Error(one.id);
  const { undo: can, continuable } = viewOf(entry, writtenAt + 60_000);
  Object.assign(one, { undo: can === null || typeof can === 'string' ? can : 'impossible', continuable });
}
const all = await db.selectFrom('operations').select('id').execute();
const known = new Set(Object.values(entries).map(({ id }) => id));
const nameless = all.filter(({ id }) => !known.has(id));
if (nameless.length > 0) throw new Error(`entries without a name: ${JSON.stringify(nameless)}`);
const unused = [...OPERATIONS.keys()].filter(
  (name) => !Object.values(entries).some(({ operation }) => operation === name),
);
if (unused.length > 0) throw new Error(`never run: ${unused.join(', ')}`);

const demo = [DEMO_KEYS.admin.id, DEMO_KEYS.support.id];
for (const id of demo) await control.write('DELETE FROM api_key_audit_logs WHERE api_key_id = ?', [id]);
await control.write("DELETE FROM config_audit_logs WHERE action <> 'api_key.create'");
const manifest: Manifest = {
  commit: '316e86c',
  writtenAt,
  env: ENV,
  server: SERVER,
  sessions: [...people.values()].map(({ session }) => session),
  entries,
  rotations,
  others,
  tokens,
};
await closeStore();
await sandbox.stop();
for (const name of ['console', 'omni']) pack(`${name}.json.gz`, dump(join(folder, `${name}.db`)));
const [was, lean] = [{} as Worlds['was'], {} as Record<string, OldEntry>];
for (const [role, { was: before, ...entry }] of Object.entries(entries)) {
  lean[role] = { ...entry, was: {} };
  if (Object.keys(before).length > 0) was[role] = before;
}
pack('worlds.json.gz', { was, tokens } satisfies Worlds);
writeFileSync(join(OUT, 'manifest.json'), `${JSON.stringify({ ...manifest, entries: lean, tokens: [] }, null, 2)}\n`);
process.stdout.write(`${Object.keys(entries).length} entries in ${OUT}\n`);
process.exit(0);
