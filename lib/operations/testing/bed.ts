import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Credential } from '#lib/omni/door/credential.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Operations } from '#lib/operations/plan/define.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { editPerson } from '#lib/persons/record/edit.ts';
import { mergePersonsOperation } from '#lib/persons/merge/merge.ts';
import { undoMerge } from '#lib/persons/undo/merge-undo.ts';
import { activateRoute } from '#lib/routes/bulk/activate.ts';
import type { Store } from '#lib/store/database.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { fiveSteps, type FiveInput } from './five-steps.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** Secrets of every process of these tests. */
export const BED_ENV = {
  STORE_KEYS: `1:${'k'.repeat(32)}`,
  SESSION_PASSWORDS: `1:${'p'.repeat(32)}`,
  STORE_FILE: ':memory:',
};

export const BED_OPERATIONS: Operations = listOperations([
  fiveSteps,
  editPerson,
  mergePersonsOperation,
  undoMerge,
  activateRoute,
]);

/** A server as `OMNI_SERVERS` would name it. */
export function credentialFor(url: string, key: string): Credential {
  return new Credential({ id: 'demo', name: 'Demo', url }, key);
}

/** A handle that reads fresh, as a run has it. */
export function omniFor(url: string, key: string, mayStillSend?: () => boolean): Omni {
  return readingFresh(omniAs(credentialFor(url, key), { actor: 'Ana', mayStillSend }));
}

type More = Partial<Runner> & { who?: string; scopes?: readonly string[] | null };

/** A runner for a sandbox, or any Omni. `who` names the person, the session and the actor. */
export function runnerFor(
  db: Store,
  { url, key }: { url: string; key: string },
  { who = 'Ana', scopes = ['*'], ...more }: More = {},
): Runner {
  return {
    operations: BED_OPERATIONS,
    db,
    omni: (entryId, mayStillSend) =>
      readingFresh(omniAs(credentialFor(url, key), { actor: who, entryId, mayStillSend })),
    session: { sid: who, server: 'demo', actor: `demo/${who}`, keyName: `key of ${who}`, yourName: who, scopes },
    wait: (ms) => sleep(ms / 100),
    ...more,
  };
}

/** The input of a plain `persons.merge`. */
export function mergeInput({ duplicate, survivor }: { duplicate: string; survivor: string }): Record<string, unknown> {
  return { duplicate, survivor, reason: '', fields: {}, routes: {} };
}

const TRIGGERS = {
  create: ['INSERT ON agent_routes', 'person_id'],
  label: ['UPDATE OF label ON agent_routes', 'person_id'],
  activate: ['UPDATE OF is_active ON agent_routes', 'person_id'],
  name: ['UPDATE OF display_name ON persons', 'id'],
  rule: ['INSERT ON access_rules', 'person_id'],
} as const;

/** A sandbox that counts, below its API, how often each thing really happened to a person. */
export async function startBed(persons = 120) {
  const sandbox = await startSandbox({ port: 0, persons });
  const control = createControl(sandbox.url);
  await control.write('CREATE TABLE happened (what TEXT, person TEXT) STRICT');
  for (const [what, [event, column]] of Object.entries(TRIGGERS)) {
    const body = `INSERT INTO happened VALUES ('${what}', new.${column})`;
    await control.write(`CREATE TRIGGER count_${what} AFTER ${event} BEGIN ${body}; END`);
  }
  await control.rateLimit(1_000_000);
  const [agent] = await control.sql<{ id: string }>('SELECT id FROM agents LIMIT 1');
  let made = 0;

  return {
    control,
    sandbox,
    at: { url: sandbox.url, key: sandbox.keys.admin },
    stop: () => sandbox.stop(),
    /** A person of this test's own, with so many identities. */
    async person(identities = 1, more: Record<string, unknown> = {}): Promise<string> {
      made += 1;
      const id = randomUUID();
      const phone = `+55119${String(70_000_000 + made)}`;
      await control.rows({
        persons: [{ id, displayName: `Pessoa ${made}`, primaryPhone: phone, ...more }],
        platform_identities: Array.from({ length: identities }, () => ({ personId: id, instanceId: WHATSAPP })),
      });
      return id;
    },
    /** Input of the five-step operation for a new person. */
    async five(): Promise<FiveInput> {
      const personId = await this.person();
      return { personId, instanceId: WHATSAPP, agentId: agent?.id ?? '', label: `rota ${made}`, name: `Nova ${made}` };
    },
    /** How often each thing happened to a person. */
    async happened(personId: string): Promise<Record<string, number>> {
      const sql = 'SELECT what, count(*) AS times FROM happened WHERE person = ? GROUP BY what';
      const rows = await control.sql<{ what: string; times: number }>(sql, [personId]);
      return Object.fromEntries(rows.map(({ what, times }) => [what, times]));
    },
  };
}

export type Bed = Awaited<ReturnType<typeof startBed>>;

/** What `happened` says after the five steps. */
export const EACH_ONCE = { create: 1, label: 1, activate: 1, name: 1, rule: 1 };
