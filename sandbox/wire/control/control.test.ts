import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createControl, type Control } from './control-client.ts';
import { startSandbox, type Sandbox } from '../server.ts';

const JOAO = 'dddddd01-0000-4000-8000-000000000001';
const DOUBLE = 'dddddd02-0000-4000-8000-000000000002';
const WITH_ROUTE = 'dddddd16-0000-4000-8000-000000000016';
const TARGET = 'dddddd17-0000-4000-8000-000000000017';
const WHATSAPP = '11111111-1111-4111-8111-111111111111';

let sandbox: Sandbox;
let control: Control;

beforeAll(async () => {
  sandbox = await startSandbox();
  control = createControl(sandbox.url);
});
beforeEach(() => control.reset());
afterAll(() => sandbox.stop());

function call(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${sandbox.url}/api/v2${path}`, {
    method,
    headers: { 'x-api-key': sandbox.keys.admin, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const merge = (headers: Record<string, string> = {}) =>
  call('POST', '/persons/merge', { sourcePersonId: WITH_ROUTE, targetPersonId: TARGET }, headers);

describe('POST /__sandbox/faults', () => {
  it('holds a call until its fault is cleared, before the work and after it', async () => {
    for (const when of ['before', 'after']) {
      const { id } = await control.fault({ kind: 'hold', when, method: 'PATCH', path: '/persons/' });
      let status: number | undefined;
      const held = call('PATCH', `/persons/${JOAO}`, { displayName: when }).then((answer) => (status = answer.status));
      const name = async () => (await control.sql('SELECT display_name FROM persons WHERE id = ?', [JOAO]))[0];
      await expect.poll(async () => (await control.faults()).items[0]?.fired).toBe(1);
      if (when === 'after') await expect.poll(name).toEqual({ display_name: when });
      else expect(await name()).not.toEqual({ display_name: when });
      expect(status).toBeUndefined();
      await control.clearFault(id);
      expect(await held).toBe(200);
      expect(await name()).toEqual({ display_name: when });
    }
  });

  it('answers a proxy error without doing the work', async () => {
    await control.fault({ kind: 'status', status: 503, method: 'PATCH', path: '/persons/' });
    await control.snapshot();
    const answer = await call('PATCH', `/persons/${JOAO}`, { displayName: 'X' });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('content-type')).toContain('text/html');
    expect(await control.diff()).toEqual({});
    expect((await call('PATCH', `/persons/${JOAO}`, { displayName: 'X' })).status).toBe(200);
  });

  it('does the work and answers 500 all the same', async () => {
    await control.fault({ kind: 'status', status: 500, when: 'after' });
    expect((await call('PATCH', `/persons/${JOAO}`, { displayName: 'X' })).status).toBe(500);
    expect(await control.sql('SELECT display_name FROM persons WHERE id = ?', [JOAO])).toEqual([{ display_name: 'X' }]);
  });

  it('cuts the answer of a merge that was done, and only that', async () => {
    await control.fault({ kind: 'cut', when: 'after', method: 'POST', path: '/persons/merge$' });
    await control.snapshot();
    expect((await call('GET', '/persons?limit=1')).status).toBe(200);
    await expect(merge()).rejects.toThrow('fetch failed');
    const diff = await control.diff();
    expect(diff.persons?.gone.map((row) => row.id)).toEqual([WITH_ROUTE]);
    expect(diff.agent_routes?.gone).toHaveLength(1);
    expect(diff.platform_identities?.changed).toHaveLength(2);
  });

  it('cuts a merge before it begins', async () => {
    await control.snapshot();
    await expect(merge({ 'x-sandbox-fault': 'cut:before' })).rejects.toThrow('fetch failed');
    expect(await control.diff()).toEqual({});
  });

  it('stops a merge between its steps', async () => {
    await control.fault({ kind: 'cut', when: 'merge:moved' });
    await control.snapshot();
    await expect(merge()).rejects.toThrow('fetch failed');
    const diff = await control.diff();
    expect(Object.keys(diff)).toEqual(['platform_identities']);
  });

  it('lets another writer in between the steps of a merge', async () => {
    const sql = `DELETE FROM persons WHERE id = '${TARGET}'`;
    await control.fault({ kind: 'write', when: 'merge:moved', sql });
    const answer = await merge();
    expect(answer.status).toBe(404);
    expect(await control.sql('SELECT 1 FROM persons WHERE id IN (?, ?)', [WITH_ROUTE, TARGET])).toEqual([]);
  });

  it('refuses the key from the third call on', async () => {
    await control.fault({ kind: 'status', status: 401, nth: 3, times: null });
    const statuses = [];
    for (let count = 0; count < 4; count += 1) statuses.push((await call('GET', '/persons?limit=1')).status);
    expect(statuses).toEqual([200, 200, 401, 401]);
  });

  it('revokes the key that is calling', async () => {
    const headers = { 'x-api-key': sandbox.keys.support };
    expect(
      (await call('GET', '/persons?limit=1', undefined, { ...headers, 'x-sandbox-fault': 'revoke-key:after' })).status,
    ).toBe(200);
    expect((await call('GET', '/persons?limit=1', undefined, headers)).status).toBe(401);
  });

  it('damages bodies', async () => {
    const read = (fault: string) => call('GET', '/persons?limit=50', undefined, { 'x-sandbox-fault': fault });
    await expect(read('truncated-body').then((answer) => answer.text())).rejects.toThrow('terminated');
    expect((await (await read('slow-body:30')).json()).items).toHaveLength(50);
    expect(await (await read('html')).text()).toContain('nginx');
    expect(await (await read('wrong-json')).json()).toEqual({ items: 'none', data: 42, meta: [] });
    const broken = JSON.stringify({ kind: 'answer', body: '{"items":[' });
    await expect(read(broken).then((answer) => answer.json())).rejects.toThrow(SyntaxError);
  });

  it('hears a typo', async () => {
    const fault = { kind: 'latency', metod: 'GET' } as unknown as Parameters<Control['fault']>[0];
    await expect(control.fault(fault)).rejects.toThrow("Unrecognized key(s) in object: 'metod'");
  });
});

describe('POST /__sandbox/clock', () => {
  it('moves, so that a key expires and a cached route grows old', async () => {
    const { expiring } = sandbox.keys;
    const used = () => call('GET', '/persons?limit=1', undefined, { 'x-api-key': expiring ?? '' });
    expect((await used()).status).toBe(200);
    await control.moveClock(6 * 86_400_000);
    expect((await used()).status).toBe(401);
  });

  it('shows a merge that the resolver does not notice for thirty seconds', async () => {
    const asked = { instanceId: WHATSAPP, personId: WITH_ROUTE };
    expect((await control.whoAnswers(asked, true)).decidedBy).toBe('user');
    await merge();
    expect((await control.whoAnswers(asked, true)).decidedBy).toBe('user');
    expect(await control.resolve(asked)).toBeNull();
    await control.moveClock(30_001);
    expect((await control.whoAnswers(asked, true)).decidedBy).toBe('instance');
  });
});

describe('/__sandbox data', () => {
  it('refuses to write through the reading door', async () => {
    await expect(control.sql('DELETE FROM persons')).rejects.toThrow('readonly');
  });

  it('takes rows in bulk, into an empty house too', async () => {
    await control.reset({ empty: true });
    const { persons } = await control.rows({ persons: [{ displayName: 'Só' }, { primaryPhone: '1' }] });
    expect(persons).toHaveLength(2);
    expect((await (await call('GET', '/persons')).json()).items).toHaveLength(2);
    await expect(control.rows({ persons: [{ primaryPhone: '1' }] })).rejects.toThrow('UNIQUE');
    await expect(control.rows({ persons: [{ phone: '2' }] })).rejects.toThrow('persons has no phone');
  });

  it('counts calls by method and pattern, and connections', async () => {
    await call('GET', `/persons/${JOAO}`);
    await call('GET', `/persons/${DOUBLE}`, undefined, { 'x-omni-actor': 'Ana', 'x-request-id': 'r1' });
    const { counts, items } = await control.calls();
    expect(counts).toEqual({ 'GET /api/v2/persons/:id': 2 });
    expect(items.at(-1)).toMatchObject({ status: 200, actor: 'Ana', requestId: 'r1' });
    expect((await control.connections()).open).toBeGreaterThan(0);
  });

  it('seeds the same world twice', async () => {
    const digest = async () =>
      (
        await control.sql<{ text: string }>(
          'SELECT group_concat(id || coalesce(primary_phone, 0)) AS text FROM persons',
        )
      )[0];
    const first = await digest();
    await control.reset({ seed: 2 });
    expect(await digest()).not.toEqual(first);
    await control.reset({ seed: 1 });
    expect(await digest()).toEqual(first);
  });

  it('stores the microseconds of an import that the list then skips', async () => {
    const sql =
      'SELECT count(*) AS rows, count(DISTINCT created_at) AS moments, count(DISTINCT created_at / 1000) AS ms FROM persons';
    const cluster = `${sql} WHERE created_at / 1000 = (SELECT created_at / 1000 AS m FROM persons GROUP BY m ORDER BY count(*) DESC LIMIT 1)`;
    expect(await control.sql(cluster)).toEqual([{ rows: 30, moments: 30, ms: 1 }]);
  });
});
