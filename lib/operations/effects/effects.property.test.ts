import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { start } from '#lib/operations/run/run.ts';
import { BED_ENV, runnerFor, WHATSAPP } from '#lib/operations/testing/bed.ts';
import { replay } from '#lib/operations/testing/replay.ts';
import { entryOf, shown } from '#lib/operations/testing/runs.ts';
import {
  diffOf,
  NOTHING,
  projected,
  sorted,
  twinned,
  twinsOf,
  type Twins,
  type WorldDiff,
} from '#lib/operations/testing/worlds/world-diff.ts';
import { putPerson, randomPerson, story, type RandomPerson } from '#lib/persons/testing/random-people.ts';
import { fold } from '#lib/text/fold.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { createControl, type Control } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox, type Sandbox } from '../../../sandbox/wire/server.ts';

Object.assign(process.env, BED_ENV);

const WORLDS = process.env.SOAK === '1' ? 120 : 12;

type Row = Record<string, unknown>;
type Side = { sandbox: Sandbox; control: Control };
let db: Store;
let runner: Runner;
let here: Side;
let there: Side;
let agents: string[];

beforeAll(async () => {
  db = await openStore({ file: ':memory:' });
  const side = async (): Promise<Side> => {
    const sandbox = await startSandbox({ port: 0, persons: 30 });
    const control = createControl(sandbox.url);
    await control.rateLimit(1_000_000);
    return { sandbox, control };
  };
  [here, there] = [await side(), await side()];
  const made = runnerFor(db, { url: here.sandbox.url, key: here.sandbox.keys.admin }, { operations: OPERATIONS });
  runner = { ...made, session: { ...made.session, proved: true } };
  agents = (await here.control.sql<{ id: string }>('SELECT id FROM agents ORDER BY name LIMIT 3')).map(({ id }) => id);
}, 60_000);
afterAll(async () => {
  await Promise.all([here.sandbox.stop(), there.sandbox.stop()]);
  await db.destroy();
});

async function rows(bulk: Parameters<Control['rows']>[0]): Promise<void> {
  await Promise.all([here.control.rows(bulk), there.control.rows(bulk)]);
}

const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: null });
const word = fc.constantFrom('Ana', "d'Ávila", 'João "Jô"', 'a\\b', '$HOME `x`', 'Plantão 24 h', '李雷', 'linha\nduas');
const flag = maybe(fc.boolean());

const person = fc.record({
  displayName: maybe(word),
  primaryEmail: maybe(fc.constantFrom('a@example.com', 'b@example.com')),
  metadata: maybe(
    fc.dictionary(fc.constantFrom('plan', 'city', 'name'), fc.oneof(word, fc.integer(), fc.boolean()), { maxKeys: 3 }),
  ),
});
const personChange = fc
  .record(
    {
      displayName: word,
      primaryEmail: maybe(fc.constantFrom('a@example.com', 'c@example.com')),
      metadata: maybe(fc.dictionary(fc.constantFrom('plan', 'city'), fc.oneof(word, fc.integer()), { maxKeys: 2 })),
    },
    { requiredKeys: [] },
  )
  .filter((changes) => Object.keys(changes).length > 0);
const route = fc.record(
  {
    label: maybe(word),
    priority: fc.integer({ min: -9, max: 9 }),
    isActive: fc.boolean(),
    agentTimeout: maybe(fc.integer({ min: 1, max: 300 })),
    agentStreamMode: flag,
    agentGatePrompt: maybe(word),
    messageDebounceMode: maybe(fc.constantFrom('disabled', 'fixed')),
    agentReplyFilter: maybe(
      fc.constant({
        mode: 'filtered',
        conditions: { onDm: true, onMention: false, onReply: false, onNameMatch: false },
      }),
    ),
  },
  { requiredKeys: [] },
);
const ruleText = fc.constantFrom("não 'serve'", 'spam $HOME', 'só à noite');
const rule = fc.record({
  instanceId: maybe(fc.constant(WHATSAPP)),
  ruleType: fc.constantFrom('deny', 'allow'),
  platformUserId: fc.constantFrom('5511900000001@s.whatsapp.net', "o'neil", '12345@lid'),
  phonePattern: maybe(fc.constantFrom('+55119*', '5511900000001', '*')),
  priority: fc.integer({ min: -2, max: 2 }),
  enabled: fc.boolean(),
  action: fc.constantFrom('block', 'silent_block'),
  reason: maybe(ruleText),
  blockMessage: maybe(ruleText),
});
const ruleChange = fc
  .record(
    {
      ruleType: fc.constantFrom('deny', 'allow'),
      platformUserId: fc.constantFrom('5511900000002', 'outro'),
      phonePattern: fc.constantFrom('+55118*', '5511800000001'),
      priority: fc.integer({ min: -2, max: 2 }),
      enabled: fc.boolean(),
      reason: fc.constantFrom('', 'por quê?'),
      blockMessage: fc.constantFrom('', 'Fale com a loja'),
      expiresAt: fc.constant(new Date(Date.now() + 86_400_000).toISOString()),
    },
    { requiredKeys: [] },
  )
  .filter((changes) => Object.keys(changes).length > 0);
const HOUR = 3_600_000;
const key = fc.record({
  scopes: fc.subarray(['persons:read', 'persons:write', 'chats:read', 'routes:*'], { minLength: 1 }),
  instanceIds: maybe(fc.constant<string[]>([WHATSAPP])),
  expiresAt: maybe(fc.integer({ min: 2, max: 900 })),
});

type World = { operation: string; input: Record<string, unknown> };

async function newRoute(fields: Row, mediaTypes = false): Promise<{ instanceId: string; id: string }> {
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

async function newKey({
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

type RuleRow = Row & { platformUserId: string };

/** A rule as it is asked for: what is null is left out. */
function ruleBody(one: RuleRow): Row {
  return Object.fromEntries(Object.entries(one).filter(([name, value]) => name === 'instanceId' || value !== null));
}

/** A rule on both sides, the only one there; `beside` it another of the same handle, made later. */
async function newRule(one: RuleRow, beside: RuleRow | null = null): Promise<string> {
  const id = randomUUID();
  for (const { control } of [here, there]) await control.write('DELETE FROM access_rules', []);
  if (beside) {
    const { platformUserId } = one;
    await rows({ access_rules: [{ expiresAt: null, ...beside, platformUserId, phonePattern: null, createdAt: 4e15 }] });
  }
  await rows({ access_rules: [{ id, expiresAt: null, ...one }] });
  return id;
}

const iso = (hours: number | null) =>
  hours === null ? null : new Date(Math.floor(Date.now() / HOUR + hours) * HOUR).toISOString();

const SALTS = { next: 1000 };

/** Somebody as `random-people.ts` draws them, on both sides. What others of them left is cleared away: handles of rules are shared. */
async function newPerson(one: RandomPerson): Promise<{ id: string; routes: string[] }> {
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

async function clearRules(): Promise<void> {
  for (const { control } of [here, there]) {
    await control.write('DELETE FROM access_rules WHERE person_id IS NOT NULL', []);
    await control.write('UPDATE agents SET owner_id = NULL', []);
  }
}

const withIdentity = randomPerson.map((one) => ({ ...one, identities: Math.max(1, one.identities) }));

async function identitiesOf(id: string): Promise<string[]> {
  const found = await here.control.sql<{ id: string }>('SELECT id FROM platform_identities WHERE person_id = ?', [id]);
  return found.map((row) => row.id);
}

/** Whether two duplicates have other fields: people who come back under other ids are known by these. */
function isToldApart(one: RandomPerson, other: RandomPerson): boolean {
  const fieldsOf = ({ displayName, primaryEmail, metadata }: RandomPerson) =>
    JSON.stringify([displayName || null, primaryEmail, metadata ?? {}]);
  return fieldsOf(one) !== fieldsOf(other);
}

/** One way to make a random world for each operation that tells its effects. */
const SCENES: Record<string, fc.Arbitrary<() => Promise<World>>> = {
  'persons.edit': fc.tuple(person, personChange).map(([was, changes]) => async () => {
    const id = randomUUID();
    await rows({ persons: [{ id, primaryPhone: null, avatarUrl: null, ...was }] });
    return { operation: 'persons.edit', input: { id, changes } };
  }),
  'persons.merge': fc.tuple(story, withIdentity).map(([{ survivor, fields, replace }, duplicate]) => async () => {
    await clearRules();
    const [from, into] = [await newPerson(duplicate), await newPerson(survivor)];
    const routes = Object.fromEntries(from.routes.map((id) => [id, replace ? 'replace' : 'keep']));
    return { operation: 'persons.merge', input: { duplicate: from.id, survivor: into.id, reason: '', fields, routes } };
  }),
  'persons.merge-many': fc
    .tuple(randomPerson, withIdentity, withIdentity)
    .filter(([, one, other]) => isToldApart(one, other))
    .map((all) => async () => {
      await clearRules();
      const ids: string[] = [];
      for (const one of all) ids.push((await newPerson(one)).id);
      const [survivor, ...duplicates] = ids;
      return { operation: 'persons.merge-many', input: { survivor, duplicates, reason: 'os "mesmos"' } };
    }),
  'persons.merge-many of groups': fc
    .tuple(randomPerson, withIdentity, randomPerson, withIdentity)
    .filter(([, one, , other]) => isToldApart(one, other))
    .map((all) => async () => {
      await clearRules();
      const ids: string[] = [];
      for (const one of all) ids.push((await newPerson(one)).id);
      const [survivor, duplicate, other, another] = ids;
      const also = [{ survivor: other, duplicates: [another] }];
      return { operation: 'persons.merge-many', input: { survivor, duplicates: [duplicate], also, reason: 'em lote' } };
    }),
  'persons.unlink': fc.tuple(withIdentity, maybe(word)).map(([one, displayName]) => async () => {
    await clearRules();
    const { id } = await newPerson(one);
    const [identityId] = await identitiesOf(id);
    return {
      operation: 'persons.unlink',
      input: { personId: id, identityId, reason: "não é 'ela'", fill: { displayName, primaryPhone: null } },
    };
  }),
  'persons.link': fc.tuple(withIdentity, randomPerson).map(([one, other]) => async () => {
    await clearRules();
    const [from, to] = [await newPerson(one), await newPerson(other)];
    const [identityId] = await identitiesOf(from.id);
    return { operation: 'persons.link', input: { identityId, fromPersonId: from.id, toPersonId: to.id } };
  }),
  'access.create': rule.map((one) => async () => {
    await newRule({ ...one, platformUserId: 'somebody else', phonePattern: null });
    return { operation: 'access.create', input: { rule: ruleBody(one) } };
  }),
  'access.edit': fc.tuple(rule, ruleChange).map(([was, changes]) => async () => ({
    operation: 'access.edit',
    input: { id: await newRule(was), changes },
  })),
  'access.delete': fc.tuple(rule, maybe(rule)).map(([was, other]) => async () => {
    return { operation: 'access.delete', input: { id: await newRule(was, other) } };
  }),
  'routes.edit': fc.tuple(route, route).map(([was, changes]) => async () => ({
    operation: 'routes.edit',
    input: { ...(await newRoute(was)), changes: { ...changes, agentId: agents[1] } },
  })),
  'routes.create': route.map((fields) => async () => {
    const personId = randomUUID();
    await rows({ persons: [{ id: personId, displayName: 'Nova' }] });
    const set = Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== null));
    return {
      operation: 'routes.create',
      input: { instanceId: WHATSAPP, body: { scope: 'user', personId, agentId: agents[0], ...set } },
    };
  }),
  'routes.activate': fc.tuple(route, fc.boolean()).map(([was, active]) => async () => ({
    operation: 'routes.activate',
    input: { ...(await newRoute({ ...was, isActive: !active })), active },
  })),
  'routes.bulk': fc
    .tuple(fc.array(route, { minLength: 1, maxLength: 3 }), fc.constantFrom('on', 'off', 'delete'), fc.boolean())
    .map(([all, change, media]) => async () => ({
      operation: 'routes.bulk',
      input: {
        change,
        routes: await Promise.all(
          all.map((one, index) =>
            newRoute({ ...one, ...(index === 0 ? { isActive: change !== 'on' } : {}) }, media && index === 0),
          ),
        ),
      },
    })),
  'routes.bulk-edit': fc
    .tuple(
      fc.array(route, { minLength: 1, maxLength: 3 }),
      fc.constantFrom(
        { to: 'agent' },
        { to: 'override', patch: { agentTimeout: 77 } },
        { to: 'override', patch: { agentStreamMode: null } },
        { to: 'clear' },
      ),
    )
    .map(([all, change]) => async () => ({
      operation: 'routes.bulk-edit',
      input: {
        change: change.to === 'agent' ? { ...change, agentId: agents[1] } : change,
        routes: await Promise.all(all.map((one) => newRoute(one))),
      },
    })),
  'routes.delete': fc.tuple(route, fc.boolean(), fc.boolean()).map(([was, media, bare]) => async () => ({
    operation: 'routes.delete',
    input: await newRoute({ ...was, ...(bare ? { agentId: null } : {}) }, media),
  })),
  'keys.edit': fc.tuple(key, key, word).map(([was, { expiresAt, ...changes }, description]) => async () => ({
    operation: 'keys.edit',
    input: { id: await newKey(was), changes: { ...changes, description, expiresAt: iso(expiresAt) } },
  })),
  'keys.create': fc.tuple(key, word).map(([{ expiresAt, ...fields }, description]) => async () => ({
    operation: 'keys.create',
    input: { name: `nova ${randomUUID().slice(0, 8)}`, description, ...fields, expiresAt: iso(expiresAt) },
  })),
  'keys.set-expiry': fc.tuple(key, fc.integer({ min: 1, max: 900 })).map(([was, ends]) => async () => ({
    operation: 'keys.set-expiry',
    input: { keyId: await newKey(was), expiresAt: iso(ends) },
  })),
  'keys.bulk': fc.array(key, { minLength: 1, maxLength: 3 }).map((all) => async () => ({
    operation: 'keys.bulk',
    input: { change: 'revoke', reason: "não servem 'mais'", ids: await Promise.all(all.map((was) => newKey(was))) },
  })),
  'keys.revoke': key.map((was) => async () => ({
    operation: 'keys.revoke',
    input: { id: await newKey(was), reason: "não serve 'mais'" },
  })),
};

async function settled(token: string): Promise<string> {
  const begun = await start(runner, token);
  if (begun.is !== 'started') throw new Error(JSON.stringify(begun));
  await begun.job;
  return begun.entryId;
}

/** The columns that the effects say are written. */
function columnsSaid({ changes = [] }: Plan): Set<string> {
  const fields = changes
    .flatMap(({ more }) => [
      more?.field,
      ...(typeof more?.fields === 'object' && 'of' in more.fields ? more.fields.of : []),
    ])
    .flatMap((one) => (typeof one === 'object' && one.is === 'field' ? [one.field] : []));
  const of = fields.map((field) =>
    field.slice(field.indexOf('.') + 1).replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`),
  );
  if (changes.some(({ what }) => what.startsWith('permissions'))) of.push('scopes');
  return new Set([...of, ...(changes.some(({ what }) => /^routes-o(n|ff)$/.test(what)) ? ['is_active'] : [])]);
}

/** Whether undo restores all that the tables hold: history is in none of them. */
function isRestored({ changes = [] }: Plan): boolean {
  return changes.every(({ back, history }) => history || back === 'yes' || back === 'id');
}

/** Of the undo itself: its lines do the same, about what the first run made too, and it is undone as it says. */
async function undoHolds(plan: Plan, entryId: string, twins: Twins): Promise<void> {
  if (!('lines' in plan.command)) throw new Error('no lines');
  const lines = plan.command.lines.map((line) => twinned(line, twins));
  await replay(lines, here.sandbox.url, { url: there.sandbox.url, key: there.sandbox.keys.admin });
  const undone = twinned(JSON.stringify(await diffOf(here.control, 'done')), twins);
  expect(sorted(await diffOf(there.control, 'done'))).toEqual(sorted(JSON.parse(undone)));
  const again = await undoPreview(runner, entryId);
  if (!again.ok || again.plan.refusal) return expect(isRestored(plan)).toBe(false);
  await settled(again.token);
  if (isRestored(plan)) expect(await diffOf(here.control, 'done')).toEqual(NOTHING);
}

/** Where nothing but history is said not to be kept, everything of the duplicates is the survivor's. */
async function mergeKeeps({ changes = [] }: Plan, after: WorldDiff, input: Record<string, unknown>): Promise<void> {
  // Of several groups each has a survivor of its own.
  if ('also' in input) return;
  if (!changes.every(({ kept, history }) => kept === 'yes' || history)) return;
  const own = await here.control.sql<Row>('SELECT * FROM agent_routes WHERE person_id = ?', [String(input.survivor)]);
  const bare = (row: Row) => projected({ ...row, person_id: null });
  const routes = new Set(own.map(bare));
  const [survivor = {}] = await here.control.sql<Row>('SELECT * FROM persons WHERE id = ?', [String(input.survivor)]);
  for (const line of after.gone) {
    const [table = '', row = ''] = [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)];
    const gone: Row = Object.fromEntries(JSON.parse(row));
    if (table === 'agent_routes') expect(routes).toContain(bare(gone));
    else {
      expect(table).toBe('persons');
      for (const field of ['display_name', 'primary_email', 'metadata'])
        if (gone[field] !== null) expect(fold(String(survivor[field]))).toBe(fold(String(gone[field])));
    }
  }
}

const counts: Record<string, number> = {};

describe.each(Object.entries(SCENES))('%s', (name, worlds) => {
  afterAll(() => process.stderr.write(`effects of ${name}: ${counts[name] ?? 0} worlds\n`));

  test(
    'says the truth: what is kept, what undo restores, and which lines do the same',
    { timeout: 600_000 },
    async () => {
      const property = fc.asyncProperty(worlds, async (make) => {
        const { operation, input } = await make();
        const { plan, token } = await shown(runner, operation, input);
        if (plan.refusal) return;
        await Promise.all([here.control.snapshot('world'), there.control.snapshot('world')]);
        const entryId = await settled(token);
        expect((await entryOf(runner, entryId)).status).toBe('done');

        const after = await diffOf(here.control);
        if (operation.startsWith('persons.merge')) await mergeKeeps(plan, after, input);
        const isKept = plan.losses.length + plan.unknowns.length === 0;
        if (isKept && !['keys.revoke', 'persons.unlink', 'persons.link'].includes(operation)) {
          expect(after.gone).toEqual([]);
          const written = after.changed.flatMap((row) =>
            Object.keys(row).filter((name) => !['table', 'id'].includes(name)),
          );
          expect(written.filter((column) => !columnsSaid(plan).has(column))).toEqual([]);
        }

        if (!('lines' in plan.command) || plan.command.of !== undefined) throw new Error('a step without a line');
        await replay(plan.command.lines, here.sandbox.url, { url: there.sandbox.url, key: there.sandbox.keys.admin });
        expect(await diffOf(there.control)).toEqual(after);

        const back = await undoPreview(runner, entryId);
        if (!back.ok) {
          expect(plan.restores).not.toBe('everything');
        } else {
          const twins = await twinsOf(here.control, there.control);
          await Promise.all([here.control.snapshot('done'), there.control.snapshot('done')]);
          const undone = await settled(back.token);
          expect([await diffOf(here.control), plan.restores]).toEqual(
            isRestored(plan) ? [NOTHING, plan.restores] : [expect.not.objectContaining(NOTHING), plan.restores],
          );
          expect(back.plan.restores).toBeDefined();
          if (/^(persons|access)\./.test(operation)) await undoHolds(back.plan, undone, twins);
        }
        counts[name] = (counts[name] ?? 0) + 1;
      });
      await fc.assert(property, { numRuns: WORLDS, endOnFailure: true });
    },
  );
});
