import 'server-only';
import { randomUUID } from 'node:crypto';
import { awaitKey } from '#lib/keys/rotate/new-key.ts';
import { newKey } from '#lib/keys/testing/bed.ts';
import { carryOut, entryOf } from '#lib/operations/testing/runs.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { dress } from '#lib/persons/testing/watched-merge.ts';
import type { FaultBed } from './fault-bed.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** What an operation is tried with. */
export type SceneInput = { operation: string; input: unknown };

/** An operation and how it is given something to do. `share`: one that stands for its kind of write in `npm test`. */
export type Scene = { name: string; share?: true; prepare(bed: FaultBed): Promise<SceneInput> };

async function people({ control }: FaultBed, ...identities: number[]): Promise<string[]> {
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

async function identityOf({ control }: FaultBed, person: string): Promise<string> {
  const sql = 'SELECT id FROM platform_identities WHERE person_id = ? ORDER BY id LIMIT 1';
  return (await control.sql<{ id: string }>(sql, [person]))[0]?.id ?? '';
}

async function route(bed: FaultBed): Promise<{ instanceId: string; id: string }> {
  const [personId = ''] = await people(bed, 1);
  const made = await bed.control.rows({
    agent_routes: [{ instanceId: WHATSAPP, personId, scope: 'user', agentId: bed.agentId, isActive: true }],
  });
  return { instanceId: WHATSAPP, id: made.agent_routes?.[0] ?? '' };
}

async function rule({ control }: FaultBed): Promise<string> {
  const made = await control.rows({ access_rules: [{ ruleType: 'deny', platformUserId: randomUUID() }] });
  return made.access_rules?.[0] ?? '';
}

/** The undo of a run of another scene that met no fault. */
function undoOf(name: string): Scene['prepare'] {
  return async (bed) => {
    const { operation, input } = await sceneOf(name).prepare(bed);
    const entry = await carryOut(bed.direct, operation, input);
    const { undo } = (await entryOf(bed.direct, entry.id)).body;
    if (!undo || 'impossible' in undo) throw new Error(`${operation} ended as ${entry.status}, without an undo`);
    return { operation: undo.operation, input: undo.input };
  };
}

const scene = (name: string, input: (bed: FaultBed) => Promise<unknown>, share?: true): Scene => ({
  name,
  ...(share ? { share } : {}),
  prepare: async (bed) => ({ operation: name, input: await input(bed) }),
});
const undo = (name: string, of: string): Scene => ({ name, prepare: undoOf(of) });

const newKeyName = () => `chave ${randomUUID().slice(0, 8)}`;

async function rotated(bed: FaultBed) {
  const [old, fresh] = [await newKey(bed.control), await newKey(bed.control)];
  const rotationId = randomUUID();
  const expiresAt = new Date(Date.now() + 3_600_000).toISOString();
  const replacedBy = { id: fresh.id, prefix: fresh.prefix };
  await carryOut(bed.direct, 'keys.set-expiry', { keyId: old.id, expiresAt, replacedBy, rotationId });
  return { rotationId, oldKeyId: old.id, newKeyId: fresh.id, oldExpiresAt: null };
}

/** Every operation of the console that writes to Omni. */
export const SCENES: readonly Scene[] = [
  scene(
    'persons.edit',
    async (bed) => {
      const [id] = await people(bed, 1);
      return { id, changes: { displayName: `Nova ${randomUUID().slice(0, 4)}` } };
    },
    true,
  ),
  scene('persons.merge', async (bed) => {
    await bed.control.write("DELETE FROM access_rules WHERE reason LIKE 'spam%'", []);
    const [duplicate = '', survivor = ''] = await people(bed, 2, 1);
    await dress(bed.omni, duplicate);
    return { duplicate, survivor, reason: '', fields: { displayName: 'duplicate' }, routes: {} };
  }),
  scene('persons.merge-many', async (bed) => {
    const [survivor, ...duplicates] = await people(bed, 1, 1, 1);
    return { survivor, duplicates, reason: '' };
  }),
  undo('persons.merge-undo', 'persons.merge'),
  {
    name: 'persons.merge-many-undo',
    prepare: async (bed) => {
      const [survivor, duplicate, other = '', another] = await people(bed, 1, 1, 1, 1);
      const also = [{ survivor: other, duplicates: [another] }];
      const entry = await carryOut(bed.direct, 'persons.merge-many', {
        survivor,
        duplicates: [duplicate],
        also,
        reason: '',
      });
      const { undo: back } = (await entryOf(bed.direct, entry.id)).body;
      if (!back || 'impossible' in back)
        throw new Error(`persons.merge-many ended as ${entry.status}, without an undo`);
      return { operation: back.operation, input: back.input };
    },
  },
  scene(
    'persons.unlink',
    async (bed) => {
      const [personId = ''] = await people(bed, 2);
      const identityId = await identityOf(bed, personId);
      return { personId, identityId, reason: 'Other person', fill: { displayName: 'Outra' } };
    },
    true,
  ),
  undo('persons.unlink-undo', 'persons.unlink'),
  scene('persons.link', async (bed) => {
    const [fromPersonId = '', toPersonId = ''] = await people(bed, 2, 1);
    return { identityId: await identityOf(bed, fromPersonId), fromPersonId, toPersonId };
  }),
  scene(
    'persons.block',
    async (bed) => {
      const [personId] = await people(bed, 1);
      return { personId, instanceId: null };
    },
    true,
  ),
  undo('persons.block-undo', 'persons.block'),
  scene('persons.unblock', async (bed) => {
    const [personId] = await people(bed, 1);
    const entry = await carryOut(bed.direct, 'persons.block', { personId, instanceId: null });
    const rules = entry.steps.flatMap(({ result }) => (typeof result === 'string' ? [result] : []));
    return { personId, rules };
  }),
  scene('access.create', async () => ({ rule: { ruleType: 'deny', platformUserId: randomUUID() } }), true),
  scene('access.edit', async (bed) => ({ id: await rule(bed), changes: { priority: 7, reason: 'outro' } })),
  scene('access.delete', async (bed) => ({ id: await rule(bed) })),
  scene('routes.activate', async (bed) => ({ ...(await route(bed)), active: false })),
  scene('routes.delete', route, true),
  scene('routes.bulk', async (bed) => ({ change: 'off', routes: [await route(bed), await route(bed)] })),
  scene('routes.bulk-edit', async (bed) => ({
    change: { to: 'override', patch: { agentTimeout: 30 + Math.floor(Math.random() * 1000) } },
    routes: [await route(bed), await route(bed)],
  })),
  undo('routes.delete-undo', 'routes.delete'),
  scene(
    'routes.create',
    async (bed) => {
      const [personId = ''] = await people(bed, 1);
      return { instanceId: WHATSAPP, body: { scope: 'user', personId, agentId: bed.agentId, label: 'nova' } };
    },
    true,
  ),
  undo('routes.create-undo', 'routes.create'),
  scene('routes.edit', async (bed) => ({ ...(await route(bed)), changes: { label: `n ${randomUUID().slice(0, 4)}` } })),
  scene(
    'keys.create',
    async () => ({ name: newKeyName(), scopes: ['persons:read'], instanceIds: null, expiresAt: null }),
    true,
  ),
  scene('keys.create-for-rotation', async (bed) => {
    const rotationId = randomUUID();
    awaitKey(rotationId);
    return { rotationId, keyId: (await newKey(bed.control)).id, expiresAt: null };
  }),
  scene('keys.set-expiry', async ({ control }) => ({
    keyId: (await newKey(control)).id,
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
  })),
  scene('keys.cancel-rotation', rotated),
  scene('keys.edit', async ({ control }) => ({ id: (await newKey(control)).id, changes: { name: newKeyName() } })),
  scene('keys.revoke', async ({ control }) => ({ id: (await newKey(control)).id, reason: 'Over' })),
  scene('keys.bulk', async ({ control }) => ({
    change: 'revoke',
    ids: [(await newKey(control)).id, (await newKey(control)).id],
    reason: 'Over',
  })),
  scene('keys.delete', async (bed) => {
    const { id } = await newKey(bed.control);
    await carryOut(bed.direct, 'keys.revoke', { id, reason: 'Over' });
    return { id };
  }),
];

function sceneOf(name: string): Scene {
  const found = SCENES.find((one) => one.name === name);
  if (!found) throw new Error(`no scene ${name}`);
  return found;
}
