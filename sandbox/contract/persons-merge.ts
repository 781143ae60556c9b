import { expect } from 'vitest';
import { expectIssues, expectNotFound, invalid, missing } from './suite/issues.ts';
import { at, data, items, NOBODY } from './suite/omni.ts';
import { state, stateInside } from './suite/statements.ts';
import type { TrialPerson, Trial } from './suite/trial.ts';
import { missingReference } from './suite/variants.ts';

const merge = ({ call }: Trial, source: TrialPerson | string, target: TrialPerson | string, reason?: string) => {
  const id = (person: TrialPerson | string) => (typeof person === 'string' ? person : person.id);
  return call('POST', '/persons/merge', { sourcePersonId: id(source), targetPersonId: id(target), reason });
};

state('E1 E2', 'a merge moves identities, drops every field of the source, and cannot be repeated', async (trial) => {
  const source = await trial.person({ displayName: 'Vai', primaryEmail: 'vai@example.com' });
  const target = await trial.person({ displayName: 'Fica' });
  const answer = await merge(trial, source, target, 'same phone');
  expect(answer.status).toBe(200);
  expect(data(answer)).toMatchObject({ mergedIdentityIds: source.identities, deletedPersonId: source.id });
  expect(at(answer, 'data.person')).toMatchObject({ id: target.id, displayName: 'Fica', primaryEmail: null });
  const after = await trial.call('GET', `/persons/${target.id}/presence`);
  const moved = (at(after, 'data.identities') as { id: string }[]).find(({ id }) => id === source.identities[0]);
  expect(moved).toMatchObject({ linkedBy: 'manual', linkReason: 'same phone', personId: target.id });
  expectNotFound(await merge(trial, source, target), 'Person', source.id);
});

stateInside('E0 E1b', "the source's events and messages lose their person and do not move", async (trial) => {
  const [source, target] = [await trial.person(), await trial.person()];
  const inside = trial.inside();
  const platformIdentityId = source.identities[0];
  const chatId = await trial.chat();
  await inside.rows({
    omni_events: [1, 2, 3].map(() => ({ personId: source.id, platformIdentityId })),
    messages: [{ chatId, senderPersonId: source.id }],
    chat_participants: [{ chatId, personId: source.id }],
  });
  await inside.snapshot('E1b');
  expect((await merge(trial, source, target)).status).toBe(200);
  const diff = await inside.diff('E1b');
  const nulled = (table: string, column: string) =>
    diff[table]?.changed.map(({ before, after }) => [before[column], after[column]]);
  expect(nulled('omni_events', 'person_id')).toEqual([1, 2, 3].map(() => [source.id, null]));
  expect(nulled('messages', 'sender_person_id')).toEqual([[source.id, null]]);
  expect(nulled('chat_participants', 'person_id')).toEqual([[source.id, null]]);
  expect(items(await trial.call('GET', `/persons/${target.id}/timeline`))).toEqual([]);
});

state('E3', 'a target that does not exist changes nothing', async (trial) => {
  const source = await trial.person();
  trial.variant(await merge(trial, source, NOBODY), missingReference);
  const presence = await trial.call('GET', `/persons/${source.id}/presence`);
  expect(at(presence, 'data.summary.totalIdentities')).toBe(source.identities.length);
});

state('E4', 'an unknown source is 404', async (trial) => {
  const target = await trial.person();
  expectNotFound(await merge(trial, NOBODY, target), 'Person', NOBODY);
});

state('E6', 'a target without identities is fine, and the reason has a default', async (trial) => {
  const [source, target] = [await trial.person(), await trial.person({}, [])];
  expect(at(await merge(trial, source, target), 'data.mergedIdentityIds')).toEqual(source.identities);
  const presence = await trial.call('GET', `/persons/${target.id}/presence`);
  expect(at(presence, 'data.identities.0.linkReason')).toBe('Person merge');
});

state('E7 E7b', "the source's user route is deleted, not moved", async (trial) => {
  const [source, target] = [await trial.person(), await trial.person()];
  const instance = await trial.newInstance();
  await trial.route(instance, { scope: 'user', personId: source.id, agentId: await trial.agent() });
  expect((await merge(trial, source, target)).status).toBe(200);
  expect((await trial.call('GET', `/instances/${instance}/routes?scope=user`)).body).toEqual({ items: [] });
});

state('E8 E9', 'zod refuses a bad id and a missing target', async (trial) => {
  const { id } = await trial.person();
  expectIssues(await merge(trial, 'x', id), invalid('sourcePersonId', 'uuid'));
  expectIssues(await trial.call('POST', '/persons/merge', { sourcePersonId: id }), missing('targetPersonId'));
});

state(
  'E10 E11',
  'a person merged into itself is destroyed, identities and route too, and the answer is 404',
  async (trial) => {
    const person = await trial.person();
    const instance = await trial.newInstance();
    await trial.route(instance, { scope: 'user', personId: person.id, agentId: await trial.agent() });
    expectNotFound(await merge(trial, person, person), 'Person', person.id);
    expectNotFound(await trial.call('GET', `/persons/${person.id}`), 'Person', person.id);
    const unlink = await trial.call('POST', '/persons/unlink', { identityId: person.identities[0], reason: 'x' });
    expect(unlink.status).toBe(404);
    expect(items(await trial.call('GET', `/instances/${instance}/routes`))).toEqual([]);
  },
);

state('E12', 'two merges of one source may both answer 200 with the same identities', async (trial) => {
  const source = await trial.person({}, [{}, { channel: 'discord' }]);
  const targets = [await trial.person(), await trial.person()];
  if (trial.target.sandbox) await trial.inside().fault({ kind: 'latency', ms: 50, when: 'merge:loaded', times: 2 });
  const answers = await Promise.all(targets.map((target) => merge(trial, source, target)));
  const [first, second] = answers.toSorted((one, other) => one.status - other.status);
  if (!first || !second) throw new Error('two answers');
  expect(first.status).toBe(200);
  trial.variant(second, {
    'both 200': ({ status }) => status === 200,
    'the second 404': ({ status }) => status === 404,
  });
  if (!trial.target.sandbox) return;
  expect(at(second, 'data.mergedIdentityIds')).toEqual(source.identities);
  const left = await Promise.all(
    targets.map(async ({ id }) =>
      at(await trial.call('GET', `/persons/${id}/presence`), 'data.summary.totalIdentities'),
    ),
  );
  expect(left.map(Number).toSorted()).toEqual([1, 3]);
});

state('I3', 'a read-only key may not merge', async ({ call, key, person }) => {
  const { secret } = await key({ scopes: ['persons:read'] });
  const [source, target] = [await person(), await person()];
  const body = { sourcePersonId: source.id, targetPersonId: target.id };
  const answer = await call('POST', '/persons/merge', body, { key: secret });
  expect(at(answer, 'error.message')).toBe('Insufficient permissions. Required scope: persons:write');
  expect((await call('GET', `/persons/${source.id}`)).status).toBe(200);
});
