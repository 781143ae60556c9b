import 'server-only';
import { randomUUID } from 'node:crypto';
import { omniFor } from '#lib/operations/testing/bed.ts';
import { checkAccess } from '#lib/omni/resources/access.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';
import { personRows } from './bed.ts';
import { runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { dress } from './watched-merge.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';

export type PersonsScene = { sandbox: Sandbox; control: Control; db: Store; runner: Runner; omni: Omni };

/** A sandbox and a store of the test file's own, and who runs operations there. */
export async function startScene(): Promise<PersonsScene> {
  const sandbox = await startSandbox({ port: 0, persons: 120 });
  const control = createControl(sandbox.url);
  await control.rateLimit(1_000_000);
  const db = await openStore({ file: ':memory:' });
  const runner = runnerOfAll(db, { url: sandbox.url, key: sandbox.keys.admin });
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

/** A number of São Paulo that nobody has. */
export const newNumber = () => `55119${String(Math.floor(Math.random() * 1e8)).padStart(8, '0')}`;

/** What Omni answers to a handle on `WHATSAPP`, asked past its kept answers. */
export async function allowed({ control, omni }: PersonsScene, platformUserId: string): Promise<boolean> {
  await control.restart();
  const answer = await checkAccess(omni, { instanceId: WHATSAPP, platformUserId, channel: 'whatsapp-baileys' });
  if (!answer.ok) throw new Error(answer.error.kind);
  return answer.value.allowed;
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
