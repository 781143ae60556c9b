import { randomUUID } from 'node:crypto';
import { expect, test } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { createControl } from '../../../sandbox/wire/control/control-client.ts';
import { startSandbox } from '../../../sandbox/wire/server.ts';
import { handleFor } from '#lib/routes/testing/change-bed.ts';
import { agentChoices, findRoute } from './editor.ts';
import { seeTarget } from './route-facts.ts';
import { changeEffects } from './route-plan.ts';
import { OVERRIDES } from './overrides.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import { valueOf } from '#lib/omni/seen.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const VENDAS = 'bbbbbbb1-0000-4000-8000-000000000001';

const { sandbox, control } = await ownSandbox({ persons: 50 });

/** An Omni of its own: agents are kept for 15 s. */
async function another() {
  const own = await startSandbox({ port: 0, persons: 5 });
  return { omni: handleFor(own.url, own.keys.admin), control: createControl(own.url), stop: () => own.stop() };
}

const omni = () => handleFor(sandbox.url, sandbox.keys.admin);

test('route editor: an agent that does not exist is said, and a missing permission is no missing agent', async () => {
  const gone = randomUUID();
  const few = await agentChoices(omni(), { scopes: null }, [VENDAS, gone, null]);
  expect(few).toMatchObject({ is: 'value', value: { limited: false, missing: [gone] } });
  expect(await agentChoices(omni(), { scopes: ['routes:read'] }, [gone])).toEqual({
    is: 'forbidden',
    scope: 'agents:read',
  });
});

test('route editor: an agent beyond the first 200 has its name; one that could not be read is not said to be gone', async () => {
  const gone = randomUUID();
  const [many, failing] = await Promise.all([another(), another()]);
  const agents = Array.from({ length: 230 }, (_, at) => ({ id: randomUUID(), name: `Robô ${at}` }));
  await many.control.rows({ agents });
  const listed = await agentChoices(many.omni, { scopes: null }, []);
  if (listed.is !== 'value') throw new Error(listed.is);
  expect(listed.value).toMatchObject({ limited: true, missing: [] });
  const beyond = agents.find(({ id }) => !listed.value.all.some((agent) => agent.id === id))?.id ?? '';
  const named = await agentChoices(many.omni, { scopes: null }, [beyond, gone]);
  if (named.is !== 'value') throw new Error(named.is);
  expect(named.value.all.find(({ id }) => id === beyond)?.name).toMatch(/^Robô/);
  expect(named.value.missing).toEqual([gone]);
  await many.control.fault({ kind: 'status', status: 500, path: `/agents/${gone}$`, times: null });
  expect(await agentChoices(many.omni, { scopes: null }, [gone])).toMatchObject({ value: { missing: [] } });
  await failing.control.fault({ kind: 'status', status: 500, path: '/agents$', times: null });
  expect(await agentChoices(failing.omni, { scopes: null }, [gone])).toMatchObject({ is: 'failed' });
  // The February generation has no agents to list, which is no failure.
  const february = { scopes: null, capabilities: { generation: 'february' } } as const;
  expect(await agentChoices(failing.omni, february, [gone])).toMatchObject({ is: 'absent' });
  await Promise.all([many.stop(), failing.stop()]);
});

test('route editor: a route to copy is not said to be gone while an instance has not answered', async () => {
  const own = await another();
  await own.control.fault({ kind: 'hold', path: '/instances/33333333[^/]*/routes$', times: null });
  const found = await findRoute(own.omni, randomUUID(), null);
  expect(found).toMatchObject({ ok: false, error: { kind: 'unreachable' } });
  await own.control.clearFaults();
  await own.stop();
});

test('route editor: whoever has no name is called by phone, email or handle, never by an id', async () => {
  const [personId, chatId] = [randomUUID(), randomUUID()];
  await control.rows({
    persons: [{ id: personId, displayName: null, primaryEmail: 'rosa@exemplo.br' }],
    chats: [{ id: chatId, instanceId: WHATSAPP, name: null, externalId: '120363@g.us' }],
  });
  const [person, chat] = await Promise.all([
    seeTarget(omni(), WHATSAPP, { scope: 'user', personId }),
    seeTarget(omni(), WHATSAPP, { scope: 'chat', chatId }),
  ]);
  expect([person.name, chat.name]).toEqual(['rosa@exemplo.br', '120363@g.us']);
});

test.each(OVERRIDES)(
  'route editor: %s set to what it inherits, or cleared from it, is said as that and as no arrow',
  (field) => {
    const instance = { [field]: 1 } as unknown as Instance;
    const facts = { agents: valueOf([]) };
    const set = changeEffects([{ field, from: null, to: 1 }], facts, instance);
    expect(set.map(({ what }) => what)).toEqual(['overrides-set-same']);
    const other = changeEffects([{ field, from: null, to: 2 }], facts, instance);
    expect(other.map(({ what }) => what)).toEqual(['set']);
    const unreported = changeEffects([{ field, from: null, to: 1 }], facts, {} as Instance);
    expect(unreported.map(({ what }) => what)).toEqual(['set']);
  },
);
