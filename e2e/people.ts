import { randomUUID } from 'node:crypto';
import type { Control } from '../sandbox/control-client.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

export type Made = { id: string; name: string; identities: string[] };

/** Puts people into a worker's sandbox who are in nobody else's test; `handles` as many as they are to have identities. */
export async function makePeople(
  omni: Control,
  ...all: { name?: string; phone?: string; email?: string; identities?: number; handle?: string }[]
): Promise<Made[]> {
  const people = all.map(({ name, phone, email, identities = 1, handle }) => {
    const id = randomUUID();
    return {
      id,
      name: name ?? `Pessoa ${id.slice(0, 6)}`,
      phone: phone ?? null,
      email: email ?? null,
      identities: Array.from({ length: identities }, (_, index) => ({
        id: randomUUID(),
        handle: handle ?? `55${id.replaceAll(/\D/g, '').padEnd(10, '1').slice(0, 10)}${index}@s.whatsapp.net`,
      })),
    };
  });
  await omni.rows({
    persons: people.map(({ id, name, phone, email }) => ({
      id,
      displayName: name,
      primaryPhone: phone,
      primaryEmail: email,
    })),
    platform_identities: people.flatMap(({ id: personId, identities }) =>
      identities.map(({ id, handle }) => ({
        id,
        personId,
        instanceId: WHATSAPP,
        platformUserId: handle,
        messageCount: 3,
      })),
    ),
  });
  return people.map(({ id, name, identities }) => ({ id, name, identities: identities.map((one) => one.id) }));
}

/** Who has an identity now, as the database has it. */
export async function holderOf(omni: Control, identity: string): Promise<string> {
  const [row] = await omni.sql('SELECT person_id FROM platform_identities WHERE id = ?', [identity]);
  return String(row?.person_id);
}
