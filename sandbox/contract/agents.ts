import { expect } from 'vitest';
import { expectIssues, expectNotFound, invalid, missing, notOneOf, tooBig, wrongType } from './suite/issues.ts';
import { at, data, items, NOBODY, text, words } from './suite/omni.ts';
import { state, stateInside } from './suite/statements.ts';
import { missingReference } from './suite/variants.ts';

const AGENT = words(`
  id name provider model agentType capabilities ownerId agentProviderId configPath isInternal isActive
  metadata agentCard followUpConfig createdAt updatedAt tenantId`);

const PROVIDERS = ['claude', 'agno', 'openai', 'gemini', 'custom', 'omni-internal'];

state('G1 G5 G7', 'the list is items alone, with whole rows', async ({ call, newAgent }) => {
  const id = await newAgent();
  const answer = await call('GET', '/agents?limit=1');
  expect(Object.keys(answer.body)).toEqual(['items']);
  expect(items(answer)).toHaveLength(1);
  expect(Object.keys(items(answer)[0] ?? {})).toEqual(expect.arrayContaining(AGENT));
  expect(data(await call('GET', `/agents/${id}`))).toMatchObject({ id, provider: 'openai' });
});

state(
  'G2 G3 G4 G4b G6b',
  'isActive=false and 0 mean true; only an empty value means false',
  async ({ call, newAgent }) => {
    const [on, off] = [await newAgent({ provider: 'gemini' }), await newAgent({ provider: 'gemini', isActive: false })];
    const found = async (isActive: string) => {
      const rows = items(await call('GET', `/agents?provider=gemini&limit=200&isActive=${isActive}`));
      return [rows.some((row) => row.id === on), rows.some((row) => row.id === off)];
    };
    expect(await found('true')).toEqual([true, false]);
    expect(await found('false')).toEqual([true, false]);
    expect(await found('0')).toEqual([true, false]);
    expect(await found('')).toEqual([false, true]);
  },
);

state('G6 G8 G9', 'limit above 200 and a bad UUID are zod refusals, an unknown id is 404', async ({ call }) => {
  expectIssues(await call('GET', '/agents?limit=500'), tooBig('limit', 'number', 200));
  expectIssues(await call('GET', '/agents/zzz'), invalid('id', 'uuid'));
  expectNotFound(await call('GET', `/agents/${NOBODY}`), 'Agent', NOBODY);
});

state('G10 G11', 'a name and a provider make an agent, twice if asked', async ({ call, newAgent, unique }) => {
  const name = unique('twin');
  const ids = [await newAgent({ name }), await newAgent({ name })];
  expect(new Set(ids).size).toBe(2);
  const defaults = { model: null, agentType: 'assistant', capabilities: [], isInternal: false, isActive: true };
  expect(data(await call('GET', `/agents/${ids[0]}`))).toMatchObject(defaults);
});

state(
  'G12 G13 G15 G17',
  'zod refuses a bad provider, no name, and null for what can never be cleared',
  async ({ call, agent }) => {
    const create = (body: object) => call('POST', '/agents', body);
    expectIssues(await create({ name: 'X', provider: 'foo' }), notOneOf('provider', 'foo', PROVIDERS));
    expectIssues(await create({ provider: 'openai' }), missing('name'));
    expectIssues(await create({ name: 'X', provider: 'openai', model: null }), wrongType('model', 'string', 'null'));
    expectIssues(
      await call('PATCH', `/agents/${await agent()}`, { ownerId: null }),
      wrongType('ownerId', 'string', 'null'),
    );
  },
);

state('G14', 'an owner who does not exist is refused by the foreign key', async ({ call, variant }) => {
  variant(await call('POST', '/agents', { name: 'X', provider: 'openai', ownerId: NOBODY }), missingReference);
});

state('G16 G18 G19', 'a patch changes what it names and applies no defaults', async ({ call, newAgent }) => {
  const id = await newAgent({ capabilities: ['chat'], isInternal: true, model: 'm' });
  const kept = { capabilities: ['chat'], isInternal: true, model: 'm', isActive: true };
  expect(data(await call('PATCH', `/agents/${id}`, { name: 'Vendas 2' }))).toMatchObject({ name: 'Vendas 2', ...kept });
  expect(data(await call('PATCH', `/agents/${id}`, {}))).toMatchObject({ name: 'Vendas 2', ...kept });
  expectNotFound(await call('PATCH', `/agents/${NOBODY}`, { name: 'x' }), 'Agent', NOBODY);
});

state('G20 G21 G22 G23 G24', 'delete is soft and repeatable, its routes stay, a patch takes it back', async (trial) => {
  const { call } = trial;
  const [id, instance] = [await trial.newAgent(), await trial.newInstance()];
  const route = text(
    await trial.route(instance, { scope: 'chat', chatId: await trial.chat(), agentId: id }),
    'data.id',
  );
  for (const _time of [1, 2]) expect((await call('DELETE', `/agents/${id}`)).body).toEqual({ success: true });
  expect(at(await call('GET', `/agents/${id}`), 'data.isActive')).toBe(false);
  expect(at(await call('GET', `/instances/${instance}/routes/${route}`), 'data.agentId')).toBe(id);
  expect(at(await call('PATCH', `/agents/${id}`, { isActive: true }), 'data.isActive')).toBe(true);
});

stateInside(
  'G25 G26',
  'an identity linked to an agent keeps its person, unless a CHECK forbids both',
  async (trial) => {
    const { call, newAgent, person, variant } = trial;
    const [id, { id: personId, identities }] = [await newAgent(), await person()];
    expect((await call('GET', `/agents/${id}/identities`)).body).toEqual({ items: [] });
    const body = { platformIdentityId: identities[0], linkedBy: 'manual' };
    variant(await call('POST', `/agents/${id}/identities/link`, body), {
      'no identity CHECK: 201 with both': (answer) => answer.status === 201 && at(answer, 'data.personId') === personId,
      'identity CHECK: 500': ({ status }) => status === 500,
    });
  },
);
