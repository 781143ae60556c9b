import { omniFor } from '#lib/operations/testing/bed.ts';
import { randomUUID } from 'node:crypto';
import { afterEach, beforeAll, expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { routesOfPerson, type IdentityAnswer } from './of-person.ts';

let [well, ill, plain]: Customer[] = [];

const { sandbox, control } = await ownSandbox({ persons: 100 });
beforeAll(async () => {
  [well, ill, plain] = [await customer(true), await customer(true), await customer(false)];
});
afterEach(() => control.clearFaults());

/** A person with a direct chat on an instance of its own, whose chat has a route to another agent than the instance's. */
async function customer(routed: boolean) {
  const [own, other] = [randomUUID(), randomUUID()];
  const [instanceId, personId, chatId] = [randomUUID(), randomUUID(), randomUUID()];
  const handle = `${chatId.slice(0, 8)}@s.whatsapp.net`;
  await control.rows({
    agents: [
      { id: own, name: 'Da instância' },
      { id: other, name: 'Da conversa' },
    ],
    instances: [{ id: instanceId, name: `Loja ${instanceId.slice(0, 4)}`, agentId: own }],
    persons: [{ id: personId, displayName: 'Bia' }],
    platform_identities: [{ personId, instanceId, platformUserId: handle }],
    chats: [{ id: chatId, instanceId, externalId: handle, name: 'Bia' }],
    agent_routes: routed ? [{ instanceId, scope: 'chat', chatId, agentId: other }] : [],
  });
  return { instanceId, personId, handle };
}

type Customer = Awaited<ReturnType<typeof customer>>;

async function ask(who: Customer | undefined) {
  if (!who) throw new Error('no customer');
  const { personId, instanceId, handle } = who;
  const handles = [{ instanceId, platformUserId: handle }];
  const found = await routesOfPerson(
    omniFor(sandbox.url, sandbox.keys.admin),
    { scopes: ['*'], capabilities: { generation: 'current' } },
    { id: personId, primaryPhone: null },
    handles,
  );
  if (!found.ok) throw new Error(found.error.kind);
  return { missing: found.value.missing, answer: found.value.answered.map(nameOf) };
}

function nameOf({ verdict }: IdentityAnswer): string {
  if (verdict.is === 'answers') return verdict.by.name;
  return verdict.why === 'not-seen' ? `${verdict.part} ${verdict.seen.is}` : (verdict.agent?.name ?? verdict.why);
}

test('routesOfPerson names nobody as answering where the routes could not be read', async () => {
  await control.fault({ kind: 'status', status: 500, path: `/instances/${ill?.instanceId}/routes`, times: null });
  expect(await ask(well)).toMatchObject({ answer: ['Da conversa'] });
  expect(await ask(ill)).toMatchObject({ missing: [expect.stringMatching(/^Loja/)], answer: ['routes failed'] });
});

test('routesOfPerson cannot tell who answers where a chat could not be looked up and chat routes are active', async () => {
  await control.fault({ kind: 'status', status: 500, method: 'GET', path: '/chats', times: null });
  expect(await ask(well)).toMatchObject({ answer: ['chat failed'] });
  expect(await ask(plain)).toMatchObject({ answer: ['Da instância'] });
});
