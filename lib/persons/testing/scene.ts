import 'server-only';
import { randomUUID } from 'node:crypto';
import { omniFor } from '#lib/operations/testing/bed.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { activateRoute } from '#lib/routes/bulk/activate.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { personRows, runnerOfPersons } from './bed.ts';
import { dress } from './watched-merge.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';

export type PersonsScene = { sandbox: Sandbox; control: Control; db: Store; runner: Runner; omni: Omni };

/** A sandbox and a store of the test file's own, and a runner with the operations of persons and `routes.activate`. */
export async function startScene(): Promise<PersonsScene> {
  const sandbox = await startSandbox({ port: 0, persons: 120 });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const db = await openStore({ file: ':memory:' });
  const runner = runnerOfPersons(db, sandbox.url, sandbox.keys.admin);
  runner.operations = new Map([...runner.operations, [activateRoute.name, activateRoute]]);
  return { sandbox, control, db, runner, omni: omniFor(sandbox.url, sandbox.keys.admin) };
}

/** New people, one for each number of identities; their ids. */
export async function newPeople({ control }: PersonsScene, ...identities: number[]): Promise<string[]> {
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

/** Two people, the duplicate with everything that a merge can lose. */
export async function dressedPair(scene: PersonsScene) {
  const [duplicate = '', survivor = ''] = await newPeople(scene, 2, 1);
  return { duplicate, survivor, dressed: await dress(scene.omni, duplicate) };
}

/** Removes the rules of `dress`: the next one needs an instance where its numbers are not blocked yet. */
export async function removeRules({ control }: PersonsScene): Promise<void> {
  await control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []);
}

/** The input of a merge with nothing chosen. */
export const plainMerge = (duplicate: string, survivor: string) => ({
  duplicate,
  survivor,
  reason: '',
  fields: {},
  routes: {},
});
