import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { Credential } from '#lib/omni/door/credential.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import type { Operation } from '#lib/operations/plan/define.ts';
import { listOperations } from '#lib/operations/plan/define.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview, type Runner } from '#lib/operations/plan/preview.ts';
import { resume, start } from '#lib/operations/run/run.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import type { Store } from '#lib/store/database.ts';

/** A handle that reads fresh, as a run has it. */
export function handleFor(url: string, key: string, mayStillSend?: () => boolean): Omni {
  return readingFresh(omniAs(new Credential({ id: 'demo', name: 'Demo', url }, key), { actor: 'Ana', mayStillSend }));
}

/** Who runs operations with a key, against any Omni. */
export function runnerOf(
  db: Store,
  url: string,
  key: string,
  operations: readonly Operation[],
  scopes: readonly string[] | null = ['*'],
): Runner {
  return {
    operations: listOperations(operations),
    db,
    omni: (_, mayStillSend) => handleFor(url, key, mayStillSend),
    session: { sid: 'ana', server: 'demo', actor: 'demo/ana', keyName: 'a key', yourName: 'Ana', scopes },
    lease: { holdMs: 15_000, beatMs: 4000 },
    wait: (ms) => sleep(ms / 200),
  };
}

/** Previews and runs an operation to its end. Throws with the refusal or the problem when it does not start. */
export async function carryOut(runner: Runner, name: string, input: unknown): Promise<Entry> {
  return finishOf(runner, await preview(runner, name, input));
}

/** Undoes an entry and runs the undo to its end. */
export async function undoEntry(runner: Runner, entryId: string): Promise<Entry> {
  return finishOf(runner, await undoPreview(runner, entryId));
}

/** Continues an entry where it ended. */
export async function continueEntry(runner: Runner, entryId: string): Promise<Entry> {
  return ended(runner, await resume(runner, entryId));
}

async function finishOf(runner: Runner, seen: Awaited<ReturnType<typeof preview>>): Promise<Entry> {
  if (!seen.ok) throw new Error(`no preview: ${JSON.stringify(seen.problem)}`);
  if (seen.plan.refusal) throw new Error(`refused: ${JSON.stringify(seen.plan.refusal)}`);
  return ended(runner, await start(runner, seen.token));
}

async function ended(runner: Runner, started: Awaited<ReturnType<typeof start>>): Promise<Entry> {
  if (started.is !== 'started') throw new Error(`not started: ${JSON.stringify(started)}`);
  await started.job;
  const entry = await readEntry(runner.db, started.entryId);
  if (!entry) throw new Error('the entry is gone');
  return entry;
}

/** Rows for the sandbox's bulk insert: instances, their one agent, and chats and persons with a route each. */
export function manyInstances(instances: number, routesEach: number, prefix = 'Loja') {
  const agent = { id: randomUUID(), name: 'Atendente' };
  const shops = Array.from({ length: instances }, (_, index) => ({
    id: randomUUID(),
    name: `${prefix} ${String(index + 1).padStart(2, '0')}`,
    agentId: agent.id,
  }));
  const targets = shops.flatMap(({ id: instanceId }) =>
    Array.from({ length: routesEach }, (_, index) => {
      const user = index % 3 === 2;
      const id = randomUUID();
      const route = { id: randomUUID(), instanceId, agentId: agent.id, label: `Regra ${index}` };
      return user
        ? { person: { id, displayName: `Cliente ${index}` }, route: { ...route, scope: 'user', personId: id } }
        : {
            chat: { id, instanceId, externalId: `${id}@g.us`, name: `Grupo ${index}` },
            route: { ...route, scope: 'chat', chatId: id },
          };
    }),
  );
  return {
    agents: [agent],
    instances: shops,
    chats: targets.flatMap(({ chat }) => chat ?? []),
    persons: targets.flatMap(({ person }) => person ?? []),
    agent_routes: targets.map(({ route }) => route),
  };
}
