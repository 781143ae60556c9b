import { expect } from 'vitest';
import type { Generation } from '../../world/database-errors.ts';
import type { Wire } from '../../world/tables.ts';
import { data, items, NOBODY, text, type ContractAnswer } from '../suite/omni.ts';
import type { Trial, TrialPerson } from '../suite/trial.ts';

/** A row as it is made when nothing is said, in the order of the wire; `id` stands before it, the times behind. */
export const BLANK: Wire = {
  instanceId: null,
  ruleType: 'deny',
  phonePattern: null,
  platformUserId: null,
  personId: null,
  priority: 0,
  enabled: true,
  reason: null,
  expiresAt: null,
  action: 'block',
  blockMessage: null,
};

/** What the access cases were recorded on: four instances in three modes, and people who are named by rules. */
export type AccessGround = Awaited<ReturnType<typeof openGround>>;

const grounds = new WeakMap<Trial, Promise<AccessGround>>();

export function accessGround(trial: Trial): Promise<AccessGround> {
  const known = grounds.get(trial) ?? openGround(trial);
  grounds.set(trial, known);
  return known;
}

async function openGround(trial: Trial) {
  const { call } = trial;
  const instances: string[] = [];
  for (const accessMode of ['blocklist', 'allowlist', 'disabled', 'blocklist']) {
    const id = await trial.newInstance();
    expect((await call('PATCH', `/instances/${id}`, { accessMode })).status).toBe(200);
    instances.push(id);
  }
  const people = new Map<string, Promise<TrialPerson>>();
  const personOf = (name: string): Promise<TrialPerson> => {
    const known = people.get(name) ?? trial.person();
    people.set(name, known);
    return known;
  };

  const create = async (rule: Wire): Promise<Wire> => {
    const made = await call('POST', '/access/rules', rule);
    if (made.status !== 201) throw new Error(`a rule was refused: ${made.status} ${made.text}`);
    return data(made);
  };
  const remove = (id: unknown) => call('DELETE', `/access/rules/${String(id)}`);

  return {
    instances,
    release: trial.target.release,
    create,
    remove,
    patch: (id: unknown, change: Wire) => call('PATCH', `/access/rules/${String(id)}`, change),
    /** Runs `work` with these rules, made one after the other, and takes away all that it answers with them. */
    async withRules(rules: readonly Wire[], work: (made: Wire[]) => Promise<readonly unknown[] | void>): Promise<void> {
      const made: Wire[] = [];
      let more: readonly unknown[] | void = [];
      try {
        for (const rule of rules) made.push(await create(rule));
        more = await work(made);
      } finally {
        for (const id of [...made.map((rule) => rule.id), ...(more ?? [])]) await remove(id);
      }
    },
    async check(platformUserId: string, instanceId = instances[0], channel = 'whatsapp-baileys'): Promise<Wire> {
      return data(await call('POST', '/access/check', { instanceId, platformUserId, channel }));
    },
    /** The rules whose reason begins with `mark`, by reason, in the order of the list. */
    async reasons(query: string, mark: string): Promise<string[]> {
      const answer = await call('GET', `/access/rules${query}`);
      expect([answer.status, Object.keys(answer.body)]).toEqual([200, ['items']]);
      return items(answer)
        .map((rule) => String(rule.reason))
        .filter((reason) => reason.startsWith(mark));
    },
    /** `{I1}` an instance, `{P1}` a person, `{D1}` that person's identity, `{nobody}` an id nothing has, `{9*51}` a text repeated. */
    async named<T>(recorded: T, more: Readonly<Record<string, string>> = {}): Promise<T> {
      const written = JSON.stringify(recorded);
      const names: Record<string, string> = { nobody: NOBODY, ...more };
      instances.forEach((id, index) => (names[`I${index + 1}`] = id));
      for (const [, kind = '', number = ''] of written.matchAll(/\{([PD])(\d)\}/g)) {
        const { id, identities } = await personOf(number);
        names[`${kind}${number}`] = kind === 'P' ? id : (identities[0] ?? '');
      }
      const repeated = written.replaceAll(/\{(\w)\*(\d+)\}/g, (_, letter: string, times) =>
        letter.repeat(Number(times)),
      );
      return JSON.parse(repeated.replaceAll(/\{(\w+)\}/g, (whole, name: string) => names[name] ?? whole)) as T;
    },
  };
}

/** A rule's row, whole and in its order. */
export function expectRow(row: Wire, wanted: Wire, release: Generation | undefined): void {
  const newer = release === 'newest' ? { metadata: null, tenantId: null } : {};
  const { id, createdAt, updatedAt } = row;
  const whole = { id, ...BLANK, ...wanted, createdAt, updatedAt, ...newer };
  const ours = wanted.expiresAt === '{time}' ? { ...whole, expiresAt: row.expiresAt } : whole;
  expect(row).toEqual(ours);
  expect(Object.keys(row)).toEqual(['id', ...Object.keys(BLANK), 'createdAt', 'updatedAt', ...Object.keys(newer)]);
}

export const idOf = (answer: ContractAnswer): string => text(answer, 'data.id');
