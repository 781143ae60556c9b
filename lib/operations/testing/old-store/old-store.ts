import 'server-only';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as sleep } from 'node:timers/promises';
import { gunzipSync } from 'node:zlib';
import { OPERATIONS } from '#app/operations.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { closeStore, store, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../../sandbox/wire/server.ts';

/** Written on commit 316e86c by `write-old-store.ts`, which stood beside this file and is in the history. */
const FOLDER = import.meta.dirname;

/** Somebody who was signed in when the store was written; `key` names one of the sandbox's own. */
export type OldSession = {
  who: string;
  key: 'admin' | 'support';
  sid: string;
  actor: string;
  scopes: string[];
  cookie: string;
};

/** An entry, by the part it plays in the tests. `was`: what its people or its route were before it, as the database has it. */
export type OldEntry = {
  id: string;
  operation: string;
  status: string;
  undo: 'possible' | 'done' | 'impossible' | null;
  continuable: boolean;
  about: Record<string, string>;
  was: Record<string, unknown>;
};

export type OldRotation = { id: string; oldKeyId: string; newKeyId: string; newPrefix: string };

/** What stands beside the two databases: what they hold, for whom, and since when (milliseconds). */
export type Manifest = {
  commit: string;
  writtenAt: number;
  env: Record<string, string>;
  server: { id: string; name: string; url: string };
  sessions: OldSession[];
  entries: Record<string, OldEntry>;
  rotations: Record<string, OldRotation>;
  others: Record<string, string>;
  /** Sealed previews that were never run. `about` as in entries. */
  tokens: { operation: string; who: string; token: string; about: Record<string, string> }[];
};

/** The bulky part of the manifest: `was` of each entry, and the previews. */
export type Worlds = { was: Record<string, Record<string, unknown>>; tokens: Manifest['tokens'] };

/** A database: what makes its tables and indexes, and their rows. */
export type Dump = {
  schema: string[];
  tables: { table: string; columns: string[]; rows: (string | number | null)[][] }[];
};

const unpack = (name: string): unknown =>
  JSON.parse(gunzipSync(readFileSync(join(FOLDER, `${name}.json.gz`))).toString());

/** What was written by the release before. */
export function oldManifest(): Manifest {
  const manifest = JSON.parse(readFileSync(join(FOLDER, 'manifest.json'), 'utf8')) as Manifest;
  const { was, tokens } = unpack('worlds') as Worlds;
  for (const [role, entry] of Object.entries(manifest.entries)) entry.was = was[role] ?? {};
  return { ...manifest, tokens };
}

/** A minute after the store was written; milliseconds. */
export const soonAfter = ({ writtenAt }: Manifest) => writtenAt + 60_000;

function restore(name: string, file: string): void {
  const { schema, tables } = unpack(name) as Dump;
  const db = new DatabaseSync(file);
  // An index of the sandbox's needs it.
  db.function('fold', { deterministic: true }, (text) => (typeof text === 'string' ? text.toLowerCase() : text));
  db.exec(`PRAGMA foreign_keys = OFF; PRAGMA synchronous = OFF; BEGIN; ${schema.join('; ')}`);
  for (const { table, columns, rows } of tables) {
    const into = db.prepare(`INSERT INTO ${table} (${columns.join()}) VALUES (${columns.map(() => '?').join()})`);
    for (const row of rows) into.run(...row);
  }
  db.exec('COMMIT');
  db.close();
}

export type OldWorld = {
  control: Control;
  db: Store;
  /** Who runs operations, as then; `bia` may not touch keys. */
  runner: (who?: string) => Runner;
  stop: () => Promise<void>;
};

/**
 * The store of the release before, opened and brought up to date, and Omni as it was then: its clock goes on a minute after.
 * The manifest's `env`, with a STORE_FILE that may be overwritten, must be the environment: the store is the process's own.
 */
export async function openOldWorld(manifest: Manifest): Promise<OldWorld> {
  const folder = mkdtempSync(join(tmpdir(), 'omni-old-store-'));
  const file = join(folder, 'omni.db');
  restore('omni', file);
  const { STORE_FILE = '' } = process.env;
  for (const end of ['', '-wal', '-shm']) rmSync(`${STORE_FILE}${end}`, { force: true });
  restore('console', STORE_FILE);
  const sandbox = await startSandbox({ port: 0, file, now: soonAfter(manifest) });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const db = await store();
  return {
    control,
    db,
    runner: (who = 'Ana') => runnerOf(manifest, db, sandbox, who),
    stop: async () => {
      await closeStore();
      await sandbox.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function runnerOf({ sessions, server }: Manifest, db: Store, { url, keys }: Sandbox, who: string): Runner {
  const session = sessions.find((one) => one.who === who);
  if (!session) throw new Error(`nobody called ${who} was signed in`);
  const credential = new Credential({ ...server, url }, keys[session.key] ?? '');
  const { sid, actor, scopes } = session;
  return {
    operations: OPERATIONS,
    db,
    omni: (entryId) => readingFresh(omniAs(credential, { actor: who, ...(entryId ? { entryId } : {}) })),
    session: { sid, server: server.id, actor, keyName: session.key, yourName: who, scopes, proved: true },
    wait: (ms) => sleep(ms / 200),
  };
}

type Row = Record<string, string | number | null>;

/** All of a person and of what hangs on it, as the database has it, without ids and times: equal before and after an undo. */
export async function portrait(control: Control, personId: string) {
  const about = (sql: string) => control.sql<Row>(sql, [personId]);
  const [person] = await about(
    'SELECT display_name, primary_phone, primary_email, avatar_url, metadata FROM persons WHERE id = ?',
  );
  const rules = await about(
    `SELECT rule_type, instance_id, phone_pattern, platform_user_id, priority, enabled FROM access_rules
     WHERE person_id = ? ORDER BY phone_pattern, platform_user_id`,
  );
  const identities = await about('SELECT id FROM platform_identities WHERE person_id = ? ORDER BY id');
  const routes = await about('SELECT * FROM agent_routes WHERE person_id = ? ORDER BY instance_id');
  const agents = await about('SELECT id FROM agents WHERE owner_id = ? ORDER BY id');
  return {
    person: person ?? null,
    rules,
    identities: identities.map(({ id }) => id),
    routes: routes.map(contentOf),
    agents: agents.map(({ id }) => id),
  };
}

export type Portrait = Awaited<ReturnType<typeof portrait>>;

/** What a route does, as the database has it; null where there is none of this id. */
export async function routeRow(control: Control, id: string): Promise<Row | null> {
  const [row] = await control.sql<Row>('SELECT * FROM agent_routes WHERE id = ?', [id]);
  return row ? contentOf(row) : null;
}

const VOLATILE = ['id', 'person_id', 'created_at', 'updated_at'];

function contentOf(row: Row): Row {
  return Object.fromEntries(Object.entries(row).filter(([name, value]) => value !== null && !VOLATILE.includes(name)));
}
