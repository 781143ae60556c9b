import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { WHATSAPP } from '#lib/operations/testing/bed.ts';
import { randomPerson, story, type RandomPerson } from '#lib/persons/testing/random-people.ts';
import {
  agents,
  clearRules,
  identitiesOf,
  newKey,
  newPerson,
  newRoute,
  newRule,
  rows,
  ruleBody,
} from './twin-worlds.ts';

const HOUR = 3_600_000;

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
const key = fc.record({
  scopes: fc.subarray(['persons:read', 'persons:write', 'chats:read', 'routes:*'], { minLength: 1 }),
  instanceIds: maybe(fc.constant<string[]>([WHATSAPP])),
  expiresAt: maybe(fc.integer({ min: 2, max: 900 })),
});

/** What to do in a world that was just made. */
type Scenario = { operation: string; input: Record<string, unknown> };

const iso = (hours: number | null) =>
  hours === null ? null : new Date(Math.floor(Date.now() / HOUR + hours) * HOUR).toISOString();

const withIdentity = randomPerson.map((one) => ({ ...one, identities: Math.max(1, one.identities) }));

/** Whether two duplicates have other fields: people who come back under other ids are known by these. */
function isToldApart(one: RandomPerson, other: RandomPerson): boolean {
  const fieldsOf = ({ displayName, primaryEmail, metadata }: RandomPerson) =>
    JSON.stringify([displayName || null, primaryEmail, metadata ?? {}]);
  return fieldsOf(one) !== fieldsOf(other);
}

/** One way to make a random world for each operation that tells its effects. */
export const SCENES: Record<string, fc.Arbitrary<() => Promise<Scenario>>> = {
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
