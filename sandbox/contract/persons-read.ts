import { expect } from 'vitest';
import { expectIssues, expectNotFound, tooBig, tooSmall, wrongType } from './suite/issues.ts';
import { at, data, items, NOBODY, text, words } from './suite/omni.ts';
import { state, stateInside } from './suite/statements.ts';
import { unreadable } from './suite/variants.ts';

const PERSON = ['id', 'displayName', 'primaryPhone', 'primaryEmail', 'avatarUrl', 'metadata', 'createdAt', 'updatedAt'];
const ISO = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const POSTGRES = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(\.\d{1,6})?[+-]\d\d(:\d\d)?$/;

state('B1', 'the list has items, hasMore and a cursor, newest first', async ({ call, person }) => {
  await person();
  await person();
  const answer = await call('GET', '/persons?limit=1');
  expect(answer.status).toBe(200);
  const [row = {}] = items(answer);
  expect(Object.keys(row)).toEqual(expect.arrayContaining(PERSON));
  expect(row.createdAt).toMatch(ISO);
  expect(answer.body.meta).toEqual({ hasMore: true, cursor: row.createdAt });
});

state('B2 B3 B4 B6', 'zod refuses a bad limit and an empty search', async ({ call }) => {
  expectIssues(await call('GET', '/persons?limit=0'), tooSmall('limit', 'number', 1));
  expectIssues(await call('GET', '/persons?limit=101'), tooBig('limit', 'number', 100));
  expectIssues(await call('GET', '/persons?limit=abc'), wrongType('limit', 'number', 'nan'));
  expectIssues(await call('GET', '/persons?search='), tooSmall('search', 'string', 1));
});

state('B5 B11 B15 C18', 'a bad cursor and a bad UUID are 500', async ({ call, variant }) => {
  variant(await call('GET', '/persons?cursor=abc'), unreadable);
  variant(await call('GET', '/persons/not-a-uuid'), unreadable);
  variant(await call('GET', '/persons/x/presence'), unreadable);
  variant(await call('PATCH', '/persons/zzz', { displayName: 'x' }), unreadable);
});

stateInside('B7', 'the cursor of milliseconds skips rows of one millisecond', async ({ call, inside }) => {
  const base = Date.parse('2001-01-01T00:00:00Z') * 1000;
  const persons = Array.from({ length: 30 }, (_, index) => ({ displayName: 'B7', createdAt: base + 100 + index }));
  await inside().rows({ persons: [...persons, { displayName: 'B7', createdAt: base - 5_000_000 }] });
  const first = await call('GET', '/persons?limit=7&cursor=2001-01-01T00:00:01.000Z');
  expect(items(first)).toHaveLength(7);
  expect(at(first, 'meta.hasMore')).toBe(true);
  const second = await call('GET', `/persons?limit=7&cursor=${text(first, 'meta.cursor')}`);
  expect(items(second).map((row) => row.displayName)).toEqual(['B7']);
  expect(second.body.meta).toEqual({ hasMore: false, cursor: '2000-12-31T23:59:55.000Z' });
});

state('B8.1 B8.2 B8.3 B8.4', 'search folds case, É too, and minds accents', async ({ call, person, unique }) => {
  const mark = unique('é');
  const { id } = await person({ displayName: `João ${mark}` });
  const found = async (search: string) =>
    items(await call('GET', `/persons?search=${encodeURIComponent(search)}`)).some((row) => row.id === id);
  expect(await found(`João ${mark}`)).toBe(true);
  expect(await found(`JOÃO ${mark.toUpperCase()}`)).toBe(true);
  expect(await found(`Joao ${mark}`)).toBe(false);
  expect(await found(`João ${mark}`.normalize('NFD'))).toBe(false);
});

state('B8.5 B8.6 B8.7', 'phones are compared as text', async ({ call, person }) => {
  const tail = String(Date.now()).slice(-8);
  const plain = await person({ primaryPhone: `+55119${tail}` });
  const dashed = await person({ primaryPhone: `+55 (11) 9${tail.slice(0, 4)}-${tail.slice(4)}` });
  const found = async (search: string) =>
    items(await call('GET', `/persons?search=${encodeURIComponent(search)}&limit=100`)).map((row) => row.id);
  expect(await found(`55119${tail}`)).toEqual([plain.id]);
  expect(await found(`${tail.slice(0, 4)}-${tail.slice(4)}`)).toEqual([dashed.id]);
  expect(await found(`(11) 9${tail.slice(0, 4)}`)).toEqual([dashed.id]);
});

state(
  'B8.8 B8.9 B8.10 B8.11',
  '% and _ are wildcards, a backslash is a character',
  async ({ call, person, unique }) => {
    const mark = unique('w');
    const percent = await person({ displayName: `100% ${mark}` });
    const other = await person({ displayName: `100 de ${mark}` });
    const back = await person({ displayName: `\\${mark}` });
    const found = async (search: string) =>
      items(await call('GET', `/persons?search=${encodeURIComponent(search)}&limit=100`)).map((row) => row.id);
    expect((await found(`100% ${mark}`)).toSorted()).toEqual([percent.id, other.id].toSorted());
    expect(await found(`100_ ${mark}`)).toEqual([percent.id]);
    expect(await found(`\\${mark}`)).toEqual([back.id]);
    expect((await found('%')).length).toBeGreaterThan(2);
    expect((await found('_')).length).toBeGreaterThan(2);
  },
);

state('B8.12 B8.13 B8.14', 'umlauts, apostrophes and markup are characters', async ({ call, person, unique }) => {
  for (const name of ['Müller', "D'Ávila", '<script>']) {
    const mark = unique('n');
    const { id } = await person({ displayName: `${name} ${mark}` });
    const answer = await call('GET', `/persons?search=${encodeURIComponent(`${name} ${mark}`)}`);
    expect(items(answer).map((row) => row.id)).toEqual([id]);
  }
});

stateInside(
  'B8.15',
  'search reads handles and user names, and a hit by an alias shows the alias',
  async ({ call, person, unique }) => {
    const [handle, alias] = [unique('handle'), unique('alias')];
    const { id } = await person({ displayName: 'Nome guardado' }, [
      { platformUserId: handle, platformUsername: alias },
    ]);
    const byHandle = items(await call('GET', `/persons?search=${handle}`));
    expect(byHandle.map((row) => [row.id, row.displayName])).toEqual([[id, 'Nome guardado']]);
    const byAlias = items(await call('GET', `/persons?search=${alias}`));
    expect(byAlias.map((row) => [row.id, row.displayName])).toEqual([[id, alias]]);
    expect(items(await call('GET', '/persons?search=%40s.whatsapp.net&limit=100'))).toHaveLength(100);
  },
);

stateInside(
  'B9b',
  'search orders by latest activity, has no meta and ignores the cursor',
  async ({ call, person, unique }) => {
    const mark = unique('order');
    const at2020 = Date.parse('2020-01-01') * 1000;
    const old = await person({ displayName: mark }, [{ lastSeenAt: at2020 }]);
    const recent = await person({ displayName: mark }, [{ lastSeenAt: at2020 + 1_000_000 }]);
    const answer = await call('GET', `/persons?search=${mark}&cursor=2020-01-01T00:00:00.000Z`);
    expect(items(answer).map((row) => row.id)).toEqual([recent.id, old.id]);
    expect(Object.keys(answer.body)).toEqual(['items']);
  },
);

state('B8.16', 'a NUL byte is 500', async ({ call, variant }) => {
  variant(await call('GET', '/persons?search=%00'), unreadable);
});

state('B9', "search carries PostgreSQL's date text and no tenant", async ({ call, person, unique }) => {
  const mark = unique('date');
  await person({ displayName: mark });
  const [hit = {}] = items(await call('GET', `/persons?search=${mark}&limit=1`));
  expect(Object.keys(hit).toSorted()).toEqual(PERSON.toSorted());
  expect(hit.createdAt).toMatch(POSTGRES);
  expect(hit.updatedAt).toMatch(POSTGRES);
});

state('B10 B12', 'get answers the row, or a 404 that names it', async ({ call, person }) => {
  const metadata = { tags: ['vip', 'çãé'], notes: 'line1\nline2' };
  const { id } = await person({ displayName: '<b>"x"</b>', metadata });
  const answer = await call('GET', `/persons/${id}`);
  expect(data(answer)).toMatchObject({ id, displayName: '<b>"x"</b>', metadata });
  expect(data(answer)).not.toHaveProperty('identities');
  expectNotFound(await call('GET', `/persons/${NOBODY}`), 'Person', NOBODY);
});

stateInside('B13', 'presence adds up the identities by channel', async ({ call, person, unique }) => {
  const seen = Date.parse('2026-01-02T03:04:05.006Z') * 1000;
  const { id } = await person({}, [
    { messageCount: 2, lastSeenAt: seen, platformUserId: unique('a') },
    { messageCount: 3, channel: 'discord', platformUserId: unique('b') },
  ]);
  const answer = await call('GET', `/persons/${id}/presence`);
  expect(at(answer, 'data.summary')).toMatchObject({
    totalIdentities: 2,
    activeChannels: ['whatsapp-baileys', 'discord'],
    totalMessages: 5,
    lastSeenAt: '2026-01-02T03:04:05.006Z',
  });
  expect(at(answer, 'data.byChannel.discord')).toMatchObject({ messageCount: 3, lastSeenAt: null });
  expect(Object.keys(at(answer, 'data.identities.0') as object)).toEqual(
    words(`
  id personId agentId channel instanceId platformUserId platformUsername profilePicUrl profileData
  messageCount lastSeenAt firstSeenAt linkedBy confidence linkReason createdAt updatedAt tenantId`),
  );
});

state('B14', 'a person without identities has an empty presence', async ({ call, person }) => {
  const { id } = await person({}, []);
  const answer = await call('GET', `/persons/${id}/presence`);
  const summary = { totalIdentities: 0, activeChannels: [], totalMessages: 0, lastSeenAt: null, firstSeenAt: null };
  expect(data(answer)).toMatchObject({ identities: [], summary, byChannel: {} });
});

stateInside('B16', 'the timeline is newest first, by cursor', async ({ call, person, inside }) => {
  const { id } = await person();
  const moment = Date.parse('2026-01-01') * 1000;
  await inside().rows({
    omni_events: [1, 2, 3].map((day) => ({ personId: id, receivedAt: moment + day * 1_000_000 })),
  });
  const answer = await call('GET', `/persons/${id}/timeline?limit=1`);
  expect(answer.body.meta).toEqual({ hasMore: true, cursor: '2026-01-01T00:00:03.000Z' });
  expect(Object.keys(items(answer)[0] ?? {})).toHaveLength(37);
  const since = await call('GET', `/persons/${id}/timeline?since=2026-01-01T00:00:02Z&channels=whatsapp-baileys`);
  expect(items(since)).toHaveLength(2);
  expect(items(await call('GET', `/persons/${id}/timeline?channels=discord`))).toEqual([]);
});

state('B17', 'the timeline of an unknown person is empty, not 404', async ({ call }) => {
  const answer = await call('GET', `/persons/${NOBODY}/timeline`);
  expect(answer.status).toBe(200);
  expect(answer.body).toEqual({ items: [], meta: { hasMore: false } });
});
