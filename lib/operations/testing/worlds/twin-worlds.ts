import 'server-only';
import { randomUUID } from 'node:crypto';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { WHATSAPP } from '#lib/operations/testing/bed.ts';
import { putPerson, type RandomPerson } from '#lib/persons/testing/random-people.ts';
import type { Control } from '../../../../sandbox/wire/control/control-client.ts';

const HOUR = 3_600_000;

type Row = Record<string, unknown>;

/** Two Omnis of a test file's own that hold the same: a change runs on one, its lines for a terminal on the other. */
export const [here, there] = [await ownSandbox({ persons: 30 }), await ownSandbox({ persons: 30 })];

/** Agents of both. */
export const agents = (await here.control.sql<{ id: string }>('SELECT id FROM agents ORDER BY name LIMIT 3')).map(
  ({ id }) => id,
);

export async function rows(bulk: Parameters<Control['rows']>[0]): Promise<void> {
  await Promise.all([here.control.rows(bulk), there.control.rows(bulk)]);
}

export async function newRoute(fields: Row, mediaTypes = false): Promise<{ instanceId: string; id: string }> {
  const [id, personId] = [randomUUID(), randomUUID()];
  await rows({
    persons: [{ id: personId, displayName: `P ${personId.slice(0, 4)}` }],
    agent_routes: [
      {
        id,
        instanceId: WHATSAPP,
        scope: 'user',
        personId,
        agentId: agents[0],
        ...fields,
        ...(mediaTypes ? { agentSendMediaPathTypes: ['image'] } : {}),
      },
    ],
  });
  return { instanceId: WHATSAPP, id };
}

export async function newKey({
  expiresAt,
  ...fields
}: {
  scopes: string[];
  instanceIds: string[] | null;
  expiresAt: number | null;
}): Promise<string> {
  const id = randomUUID();
  const name = `chave ${id.slice(0, 8)}`;
  const ends = expiresAt === null ? null : Math.floor(Date.now() / HOUR + expiresAt) * HOUR * 1000;
  await rows({
    api_keys: [{ id, name, keyHash: id, keyPrefix: id.slice(0, 8), status: 'active', ...fields, expiresAt: ends }],
  });
  return id;
}

export type RuleRow = Row & { platformUserId: string };

/** A rule as it is asked for: what is null is left out. */
export function ruleBody(one: RuleRow): Row {
  return Object.fromEntries(Object.entries(one).filter(([name, value]) => name === 'instanceId' || value !== null));
}

/** A rule on both sides, the only one there; `beside` it another of the same handle, made later. */
export async function newRule(one: RuleRow, beside: RuleRow | null = null): Promise<string> {
  const id = randomUUID();
  for (const { control } of [here, there]) await control.write('DELETE FROM access_rules', []);
  if (beside) {
    const { platformUserId } = one;
    await rows({ access_rules: [{ expiresAt: null, ...beside, platformUserId, phonePattern: null, createdAt: 4e15 }] });
  }
  await rows({ access_rules: [{ id, expiresAt: null, ...one }] });
  return id;
}

const SALTS = { next: 1000 };

/** Somebody as `random-people.ts` draws them, on both sides. What others of them left is cleared away: handles of rules are shared. */
export async function newPerson(one: RandomPerson): Promise<{ id: string; routes: string[] }> {
  SALTS.next += 1;
  const instances = (await here.control.sql<{ id: string }>('SELECT id FROM instances LIMIT 3')).map(({ id }) => id);
  const made = await putPerson({ control: { rows: inBoth }, instances, agents }, one, String(SALTS.next));
  if (one.owns)
    for (const { control } of [here, there])
      await control.write('UPDATE agents SET owner_id = ? WHERE id = ?', [made.id, agents[2] ?? '']);
  return made;
}

async function inBoth(bulk: Parameters<Control['rows']>[0]): ReturnType<Control['rows']> {
  const [answer] = await Promise.all([here.control.rows(bulk), there.control.rows(bulk)]);
  return answer;
}

export async function clearRules(): Promise<void> {
  for (const { control } of [here, there]) {
    await control.write('DELETE FROM access_rules WHERE person_id IS NOT NULL', []);
    await control.write('UPDATE agents SET owner_id = NULL', []);
  }
}

export async function identitiesOf(id: string): Promise<string[]> {
  const found = await here.control.sql<{ id: string }>('SELECT id FROM platform_identities WHERE person_id = ?', [id]);
  return found.map((row) => row.id);
}
