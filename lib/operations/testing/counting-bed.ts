import 'server-only';
import { randomUUID } from 'node:crypto';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { WHATSAPP } from './bed.ts';
import type { FiveInput } from './five-steps.ts';

const TRIGGERS = {
  create: ['INSERT ON agent_routes', 'person_id'],
  label: ['UPDATE OF label ON agent_routes', 'person_id'],
  activate: ['UPDATE OF is_active ON agent_routes', 'person_id'],
  name: ['UPDATE OF display_name ON persons', 'id'],
  rule: ['INSERT ON access_rules', 'person_id'],
} as const;

/**
 * A sandbox of a test file's own that counts, below its API, how often each thing really happened to a person. Awaited at the top of
 * the file.
 */
export async function countingBed() {
  const { sandbox, control } = await ownSandbox({ persons: 120 });
  await control.write('CREATE TABLE happened (what TEXT, person TEXT) STRICT');
  for (const [what, [event, column]] of Object.entries(TRIGGERS)) {
    const body = `INSERT INTO happened VALUES ('${what}', new.${column})`;
    await control.write(`CREATE TRIGGER count_${what} AFTER ${event} BEGIN ${body}; END`);
  }
  const [agent] = await control.sql<{ id: string }>('SELECT id FROM agents LIMIT 1');
  let made = 0;

  return {
    control,
    sandbox,
    at: { url: sandbox.url, key: sandbox.keys.admin },
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

export type Bed = Awaited<ReturnType<typeof countingBed>>;

/** What `happened` says after the five steps. */
export const EACH_ONCE = { create: 1, label: 1, activate: 1, name: 1, rule: 1 };
