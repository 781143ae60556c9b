import { randomUUID } from 'node:crypto';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { ownSandbox } from '#lib/omni/testing/own-sandbox.ts';
import { omniFor, runnerFor } from '#lib/operations/testing/bed.ts';
import { carryOut } from '#lib/operations/testing/runs.ts';
import type { Runner } from '#lib/operations/plan/preview.ts';
import { openStore, type Store } from '#lib/store/database.ts';
import { allLines, readLines, type ActivityLine, type LinesFilter, type Sources } from './lines.ts';
import { namesOf } from './names.ts';
import { fieldChanges, thingOf, verbOf } from './change.ts';
import { LATE } from '#lib/omni/seen.ts';
import { readChange, readRecord } from './omni-record.ts';

let db: Store;
let sources: Sources;
let runner: Runner;
const [here, agent, chat] = [randomUUID(), randomUUID(), randomUUID()];
let route: string;

const { sandbox, control } = await ownSandbox({ persons: 50 });
beforeAll(async () => {
  await control.rows({
    agents: [{ id: agent, name: 'Robô' }],
    instances: [{ id: here, name: 'Loja', agentId: agent }],
    chats: [{ id: chat, instanceId: here, externalId: 'grupo@g.us', name: 'Grupo Norte' }],
  });
});
beforeEach(async () => {
  db = await openStore({ file: ':memory:' });
  await control.write('DELETE FROM config_audit_logs');
  await control.write('DELETE FROM agent_routes WHERE chat_id IS NOT NULL');
  route = randomUUID();
  await control.rows({
    agent_routes: [{ id: route, instanceId: here, agentId: agent, scope: 'chat', chatId: chat, label: 'VIP' }],
  });
  const bed = runnerFor(db, { url: sandbox.url, key: sandbox.keys.admin });
  runner = { ...bed, session: { ...bed.session, keyName: '__primary__' } };
  sources = {
    db,
    reader: { server: 'demo', actor: 'demo/Ana', scopes: ['*'] },
    omni: omniFor(sandbox.url, sandbox.keys.admin),
    record: { scopes: ['*'], audit: 'yes' },
  };
  return () => db.destroy();
});

const everything: LinesFilter = { omni: {} };
const switchOff = () => carryOut(runner, 'routes.activate', { instanceId: here, id: route, active: false });

/** A change that some other client makes. */
async function byOther(
  body: object,
  headers: Record<string, string> = {},
  path = `/instances/${here}/routes/${route}`,
) {
  const answer = await fetch(`${sandbox.url}/api/v2${path}`, {
    method: 'PATCH',
    headers: {
      'content-type': 'application/json',
      'x-api-key': sandbox.keys.admin,
      'user-agent': 'omni-cli/2.1.0 linux',
      ...headers,
    },
    body: JSON.stringify(body),
  });
  return answer.status;
}

const kinds = (lines: readonly ActivityLine[]) =>
  lines.map((line) => (line.of === 'omni' ? line.change.action : 'entry'));
const lines = async (filter: LinesFilter = everything) => kinds((await readLines(sources, filter, 50)).lines);

describe('Activity: changes of the console and of Omni’s record', () => {
  it('stand in one list, newest first, and a change of the console’s own stands once', async () => {
    await byOther({ priority: 7 });
    const entry = await switchOff();
    await byOther({ label: 'Norte' });
    expect(await lines()).toEqual(['route.update', 'entry', 'route.update']);
    const omni = (await readLines(sources, { ...everything, origin: 'omni' }, 50)).lines;
    expect(kinds(omni)).toEqual(['route.update', 'route.update', 'route.update']);
    expect(omni.map((line) => line.of === 'omni' && line.entryId)).toEqual([null, entry.id, null]);
    expect(await lines({ ...everything, origin: 'console' })).toEqual(['entry']);
  });

  it('asking whether a provider responds is recorded, and is no change', async () => {
    const [provider] = await control.sql<{ id: string }>('SELECT id FROM agent_providers LIMIT 1');
    await fetch(`${sandbox.url}/api/v2/providers/${provider?.id}/health`, {
      method: 'POST',
      headers: { 'x-api-key': sandbox.keys.admin },
    });
    const recorded = await control.sql<{ action: string }>('SELECT action FROM config_audit_logs');
    expect(recorded.map(({ action }) => action)).toEqual(['provider.health']);
    expect(await lines()).toEqual([]);
  });

  it('a request id of an entry proves nothing by itself: another key’s change, or one before it ran, stands', async () => {
    const entry = await switchOff();
    const forged = { 'x-request-id': entry.id.slice(0, 18) + randomUUID().slice(18) };
    await byOther({ priority: 3 }, { ...forged, 'x-api-key': String(sandbox.keys.consoleAdmin) });
    await byOther({ priority: 4 }, forged);
    await control.write(
      'UPDATE config_audit_logs SET created_at = created_at - 600000000 WHERE changes LIKE \'%"after":4%\'',
    );
    const all = (await readLines(sources, everything, 50)).lines;
    expect(kinds(all).toSorted()).toEqual(['entry', 'route.update', 'route.update']);
  });

  it('an entry that the reader may not see, or that a filter leaves out, hides no change', async () => {
    await switchOff();
    const other = { ...sources, reader: { server: 'demo', actor: 'demo/Bia', scopes: ['audit:read'] } };
    const [line] = (await readLines(other, everything, 50)).lines;
    expect(line).toMatchObject({ of: 'omni', entryId: null, console: true });
    expect(await lines({ ...everything, status: 'failed' })).toEqual(['route.update']);
  });

  it('a server that gives other request ids: both stand, and the second is told to come from a console', async () => {
    await switchOff();
    await control.write("UPDATE config_audit_logs SET request_id = 'req_own'");
    const all = (await readLines(sources, everything, 50)).lines;
    expect(all.map((line) => (line.of === 'omni' ? line.console : 'entry')).toSorted()).toEqual(['entry', true]);
  });

  it('pages lose and repeat nothing, also among many changes of one millisecond', async () => {
    await switchOff();
    for (let count = 0; count < 12; count += 1) await byOther({ priority: count });
    const now = (await control.sql<{ at: number }>('SELECT min(created_at) AS at FROM config_audit_logs'))[0]?.at ?? 0;
    await control.write(`UPDATE config_audit_logs SET created_at = ${now} + rowid % 3`);
    const whole = (await readLines(sources, everything, 50)).lines.map(({ id }) => id);
    expect(whole).toHaveLength(13);
    const paged: string[] = [];
    let before: { at: number; id: string } | undefined;
    for (let page = 0; page < 10; page += 1) {
      const part = await readLines(sources, { ...everything, ...(before ? { before } : {}) }, 4);
      paged.push(...part.lines.map(({ id }) => id));
      if (!part.next) break;
      before = part.next;
    }
    expect(paged).toEqual(whole);
  });

  it('a record longer than one answer is read on, exactly', async () => {
    const rows = Array.from({ length: 250 }, (_, index) => ({
      id: randomUUID(),
      apiKeyName: 'bulk',
      method: 'PATCH',
      path: '/api/v2/agents/x',
      statusCode: 200,
      action: 'agent.update',
      targetType: 'agent',
      changedFields: [],
      changes: {},
      createdAt: new Date(1_790_000_000_000 + Math.floor(index / 9)).toISOString(),
    }));
    await control.rows({ config_audit_logs: rows });
    const read: string[] = [];
    for await (const line of allLines(sources, everything)) if ('id' in line) read.push(line.id);
    expect(new Set(read)).toEqual(new Set(rows.map(({ id }) => id)));
    expect(read).toHaveLength(250);
  });

  it('filters: by kind, by thing, by outcome and by days', async () => {
    await byOther({ priority: 7 });
    await byOther({ model: 'novo' }, {}, `/agents/${agent}`);
    expect(await byOther({ priority: 'x' })).toBe(400);
    expect(await lines({ omni: { type: 'agent' } })).toEqual(['agent.update']);
    expect(await lines({ subject: agent, omni: { target: agent } })).toEqual(['agent.update']);
    expect(await lines({ omni: { refused: true } })).toEqual(['route.update']);
    expect(await lines({ omni: { actor: 'nobody' } })).toEqual([]);
    expect(await lines({ omni: {}, until: Date.now() - 86_400_000 })).toEqual([]);
    expect(await lines({ omni: {}, since: Date.now() - 86_400_000 })).toHaveLength(3);
    expect(await lines({ omni: null })).toEqual([]);
  });
});

describe('Omni’s record', () => {
  it('says from what to what, with names, and of a secret only that it changed', async () => {
    await byOther({ priority: 7, isActive: false });
    await byOther({ label: 'x'.repeat(400) });
    const seen = await readRecord(sources.omni, sources.record, {});
    if (seen.is !== 'value') throw new Error(seen.is);
    const [, first] = seen.value.changes;
    if (!first) throw new Error('no change');
    const names = await namesOf(sources.omni, sources.record, seen.value.changes);
    expect([thingOf(first), verbOf(first), names.get(route)]).toEqual([
      { type: 'route', id: route, instanceId: here, address: `/routes/${here}/${route}` },
      'update',
      'Grupo Norte',
    ]);
    expect(fieldChanges(first, names)).toEqual([
      { field: 'priority', from: { is: 'text', text: '0' }, to: { is: 'text', text: '7' }, hidden: false },
      {
        field: 'isActive',
        from: { is: 'word', word: 'active' },
        to: { is: 'word', word: 'inactive' },
        hidden: false,
      },
    ]);
    expect(await readChange(sources.omni, sources.record, first.id)).toEqual({ is: 'value', value: first });
    expect(await readChange(sources.omni, sources.record, randomUUID())).toEqual({ is: 'value', value: null });
  });

  it('is told as a missing permission, as a failure, or as absent, never as empty', async () => {
    const support = omniFor(sandbox.url, sandbox.keys.support);
    const of = (record: Partial<Sources['record']>, omni = sources.omni) =>
      readRecord(omni, { scopes: null, audit: 'unknown', ...record }, {});
    expect(await of({}, support)).toEqual({ is: 'forbidden', scope: 'audit:read' });
    await control.clearCalls();
    expect(await of({ scopes: ['routes:read'] })).toEqual({ is: 'forbidden', scope: 'audit:read' });
    expect(await of({ audit: 'no' })).toEqual({ is: 'absent', generation: 'february' });
    expect((await control.calls()).items).toEqual([]);
    await switchOff();
    await control.fault({ kind: 'status', status: 500, method: 'GET', path: '/audit', times: 100 });
    expect(await of({})).toMatchObject({ is: 'failed', problem: { code: 'unavailable' } });
    const page = await readLines(sources, everything, 50);
    expect(kinds(page.lines)).toEqual(['entry']);
    expect(page.unread).toMatchObject({ is: 'failed' });
    await control.clearFaults();
    await control.fault({ kind: 'latency', ms: 2000, method: 'GET', path: '/audit', times: 1 });
    const late = await readLines(sources, everything, 50, 100);
    expect([kinds(late.lines), late.unread]).toEqual([['entry'], LATE]);
    await control.clearFaults();
  });

  it('a server without the call answers 404 or knows no scope for it: absent', async () => {
    for (const status of [404, 403]) {
      const body =
        status === 403
          ? { error: { code: 'FORBIDDEN', message: 'Insufficient permissions. Route not mapped in scope policy.' } }
          : { error: { code: 'NOT_FOUND', message: 'Not found' } };
      await control.fault({ kind: 'status', status, method: 'GET', path: '/audit', body });
      expect(await readRecord(sources.omni, sources.record, {})).toEqual({ is: 'absent', generation: 'february' });
      await control.clearFaults();
    }
  });
});
