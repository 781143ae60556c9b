import { randomUUID } from 'node:crypto';

/** Rows of one person for the sandbox's bulk insert. */
export function personRows(more: Record<string, unknown> = {}, identities: Record<string, unknown>[] = [{}]) {
  const id = randomUUID();
  const own = identities.map((identity) => ({ id: randomUUID(), personId: id, ...identity }));
  return { id, identities: own.map((one) => one.id), person: { id, ...more }, rows: own };
}
