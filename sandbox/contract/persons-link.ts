import { randomUUID } from 'node:crypto';
import { expect } from 'vitest';
import { expectError, expectIssues, expectNotFound, invalid, missing, tooSmall } from './suite/issues.ts';
import { at, data, items, NOBODY, text } from './suite/omni.ts';
import { state, stateInside, stateUnproved } from './suite/statements.ts';
import type { Trial } from './suite/trial.ts';

const EMPTY = { displayName: null, primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };

const link = ({ call }: Trial, identityA?: string, identityB?: string) =>
  call('POST', '/persons/link', { identityA, identityB });

const presence = async ({ call }: Trial, id: string) => {
  const answer = await call('GET', `/persons/${id}/presence`);
  return (at(answer, 'data.identities') as { id: string; linkedBy: string; linkReason: string | null }[]) ?? [];
};

state('D1 D1b D2', 'a link of two people is a merge into the first, and then nothing', async (trial) => {
  const [a, b] = [
    await trial.person({ displayName: 'A' }),
    await trial.person({ displayName: 'B' }, [{}, { channel: 'discord' }]),
  ];
  const answer = await link(trial, a.identities[0], b.identities[0]);
  expect(answer.status).toBe(200);
  expect(data(answer)).toMatchObject({ id: a.id, displayName: 'A' });
  expectNotFound(await trial.call('GET', `/persons/${b.id}`), 'Person', b.id);
  const moved = (await presence(trial, a.id)).filter(({ id }) => b.identities.includes(id));
  expect(moved.map(({ linkedBy, linkReason }) => [linkedBy, linkReason])).toEqual(
    b.identities.map(() => ['manual', null]),
  );
  expect(at(await link(trial, a.identities[0], b.identities[0]), 'data.id')).toBe(a.id);
});

state('D3', 'an identity linked with itself stays where it is', async (trial) => {
  const { id, identities } = await trial.person();
  expect(at(await link(trial, identities[0], identities[0]), 'data.id')).toBe(id);
});

async function unlinked(trial: Trial, count: number): Promise<string[]> {
  const rows = Array.from({ length: count }, () => ({ id: randomUUID() }));
  await trial.inside().rows({ platform_identities: rows });
  return rows.map(({ id }) => id);
}

stateInside('D4 D6', 'identities without a person are given a new, empty one', async (trial) => {
  const [alone = '', one = '', two = ''] = await unlinked(trial, 3);
  const self = await link(trial, alone, alone);
  expect(data(self)).toMatchObject(EMPTY);
  const both = await link(trial, one, two);
  expect(data(both)).toMatchObject(EMPTY);
  const sql = 'SELECT id, person_id, linked_by, link_reason FROM platform_identities WHERE id IN (?, ?) ORDER BY id';
  const person_id = text(both, 'data.id');
  const rows = [one, two].toSorted().map((id) => ({ id, person_id, linked_by: 'manual', link_reason: null }));
  expect(await trial.inside().sql(sql, [one, two])).toEqual(rows);
});

stateInside('D5', 'an identity without a person is attached to the other person', async (trial) => {
  const [alone = ''] = await unlinked(trial, 1);
  const person = await trial.person();
  expect(at(await link(trial, alone, person.identities[0]), 'data.id')).toBe(person.id);
  const linked = (await presence(trial, person.id)).map(({ id, linkedBy }) => [id, linkedBy]);
  expect(linked.toSorted()).toEqual(
    [
      [alone, 'manual'],
      [person.identities[0], 'initial'],
    ].toSorted(),
  );
});

state('D7 D8', 'an unknown identity is 404, a bad id 400', async (trial) => {
  const { identities } = await trial.person();
  expectNotFound(await link(trial, identities[0], NOBODY), 'PlatformIdentity', NOBODY);
  expectIssues(await link(trial, 'x', identities[0]), invalid('identityA', 'uuid'));
});

state('D9', 'a user route of the second person goes with that person', async (trial) => {
  const [a, b] = [await trial.person(), await trial.person()];
  const instance = await trial.newInstance();
  await trial.route(instance, { scope: 'user', personId: b.id, agentId: await trial.agent() });
  expect((await link(trial, a.identities[0], b.identities[0])).status).toBe(200);
  expect(items(await trial.call('GET', `/instances/${instance}/routes`))).toEqual([]);
});

state('D10', 'unlink makes a new, empty person', async (trial) => {
  const person = await trial.person({ displayName: 'Fica' }, [{}, { channel: 'discord' }]);
  const identityId = person.identities[1];
  const answer = await trial.call('POST', '/persons/unlink', { identityId, reason: 'wrong person' });
  expect(answer.status).toBe(200);
  expect(at(answer, 'data.person')).toMatchObject(EMPTY);
  const identity = {
    id: identityId,
    personId: text(answer, 'data.person.id'),
    linkedBy: 'manual',
    linkReason: 'wrong person',
  };
  expect(at(answer, 'data.identity')).toMatchObject(identity);
});

state('D11 D12 D15', 'unlink wants a reason and a known identity', async ({ call, person }) => {
  const { identities } = await person();
  const unlink = (body: object) => call('POST', '/persons/unlink', body);
  expectIssues(await unlink({ identityId: identities[0] }), missing('reason'));
  expectIssues(await unlink({ identityId: identities[0], reason: '' }), tooSmall('reason', 'string', 1));
  expectNotFound(await unlink({ identityId: NOBODY, reason: 'x' }), 'PlatformIdentity', NOBODY);
});

stateInside('D13', 'unlink of an identity that has nobody is a plain 500', async (trial) => {
  const [identityId] = await unlinked(trial, 1);
  const answer = await trial.call('POST', '/persons/unlink', { identityId, reason: 'x' });
  expectError(answer, 500, 'INTERNAL_ERROR', 'Internal server error');
});

state('D14 E5', 'the last identity leaves a person who can never be merged away', async ({ call, person }) => {
  const { id, identities } = await person({ displayName: 'Só' });
  const [identityId] = identities;
  expect((await call('POST', '/persons/unlink', { identityId, reason: 'x' })).status).toBe(200);
  expect(at(await call('GET', `/persons/${id}/presence`), 'data.summary.totalIdentities')).toBe(0);
  const target = await person();
  const merge = await call('POST', '/persons/merge', { sourcePersonId: id, targetPersonId: target.id });
  expectNotFound(merge, 'Person', id);
  expect((await call('GET', `/persons/${id}`)).status).toBe(200);
});

stateUnproved('§3.2', "two agents' identities can't be linked: 500", async (trial) => {
  const [one = '', two = ''] = await unlinked(trial, 2);
  const agent = await trial.agent();
  await trial.inside().write('UPDATE platform_identities SET agent_id = ? WHERE id = ?', [agent, one]);
  expect((await link(trial, one, two)).status).toBe(500);
});

stateUnproved('§3.3', "unlink of an agent's identity leaves an orphan where the CHECK refuses it", async (trial) => {
  const [one = ''] = await unlinked(trial, 1);
  const inside = trial.inside();
  await inside.write('UPDATE platform_identities SET agent_id = ? WHERE id = ?', [await trial.agent(), one]);
  const count = async () => Number((await inside.sql('SELECT count(*) AS n FROM persons'))[0]?.n);
  const before = await count();
  const answer = await trial.call('POST', '/persons/unlink', { identityId: one, reason: 'x' });
  trial.variant(answer, {
    'identity CHECK: 500': ({ status }) => status === 500,
    'no identity CHECK: 200': ({ status }) => status === 200,
  });
  expect(await count()).toBe(before + 1);
});
