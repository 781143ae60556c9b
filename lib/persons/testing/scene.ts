import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { activateRoute } from '#lib/routes/bulk/activate.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { handleFor, personRows, runnerOfPersons } from './bed.ts';
import { dress } from './watched-merge.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';

export type Scene = { sandbox: Sandbox; control: Control; db: Store; runner: Runner; omni: Omni };

/** A sandbox of a test file's own, a store, and who runs the operations of people and the switch of a route. */
export async function startScene(): Promise<Scene> {
  const sandbox = await startSandbox({ port: 0, persons: 120 });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const db = await openStore({ file: ':memory:' });
  const runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
  runner.operations = new Map([...runner.operations, [activateRoute.name, activateRoute]]);
  return { sandbox, control, db, runner, omni: handleFor(sandbox.url, sandbox.keys.admin) };
}

/** New people, one for each number of identities; their ids. */
export async function newPeople({ control }: Scene, ...identities: number[]): Promise<string[]> {
  const all = identities.map((count) =>
    personRows(
      { displayName: `Pessoa ${randomUUID().slice(0, 4)}` },
      Array.from({ length: count }, () => ({ instanceId: WHATSAPP })),
    ),
  );
  await control.rows({
    persons: all.map(({ person }) => person),
    platform_identities: all.flatMap(({ rows }) => rows),
  });
  return all.map(({ id }) => id);
}

/** Two people, the one who goes with all that a merge can lose. */
export async function dressedPair(scene: Scene) {
  const [goes = '', stays = ''] = await newPeople(scene, 2, 1);
  return { goes, stays, dressed: await dress(scene.omni, goes) };
}

/** Later dressings look for an instance that lets a number in which these rules block. */
export async function forgetRules({ control }: Scene): Promise<void> {
  await control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []);
}

/** The input of a merge with nothing chosen. */
export const plainMerge = (goes: string, stays: string) => ({ goes, stays, reason: '', fields: {}, routes: {} });
