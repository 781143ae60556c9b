import { describe, expect, it, vi } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { env } from '#lib/env.ts';
import { readExport, readPage } from '#lib/keys/requests/audit-exports.ts';
import { listActors, listEntries } from './list.ts';
import { operationToday } from './read-old-names.ts';
import { start } from '#lib/operations/run/run.ts';
import { soonAfter } from '#lib/operations/testing/old-store/old-store.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { decisionsAbout } from '#lib/persons/duplicates/decisions.ts';
import { evidenceFor } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { createOldIds, ID_OPERATIONS } from '#lib/persons/directory/old-ids.ts';
import { listSavedTests } from '#lib/routes/tests/saved-tests.ts';
import { openCookie } from '#lib/session/seal.ts';
import { readSessionRow } from '#lib/session/sessions.ts';
import {
  manifest,
  SERVER,
  reader,
  old,
  about,
  was,
  entryOf,
  endOf,
  look,
  sorted,
  WORDS,
  said,
  world,
  shownAnew,
} from '#lib/operations/testing/old-store/old-world.ts';

/** Operations that the release before did not have. */
const SINCE: ReadonlySet<string> = new Set([
  'access.create',
  'access.delete',
  'access.edit',
  'persons.merge-many-undo',
  'persons.block',
  'persons.block-undo',
  'persons.unblock',
  'routes.bulk-edit',
  'keys.bulk',
]);

describe('store of the release before', () => {
  const roles = Object.keys(manifest.entries);

  it('Activity lists every entry but those that were never run', async () => {
    const listed = await listEntries(world.db, reader, {}, 500);
    const ran = Object.values(manifest.entries).filter(({ status }) => status !== 'stale');
    expect(sorted(listed.map(({ id }) => id))).toEqual(sorted(ran.map(({ id }) => id)));
    expect(sorted((await listActors(world.db, reader)).map(({ who }) => who))).toEqual(['Ana', 'Bia', 'Caio']);
  });

  it('each kind of change has a name in both languages', () => {
    const kinds = [...OPERATIONS.keys()].map((name) => name.replace('.', '-'));
    for (const { activity } of Object.values(WORDS))
      expect(kinds.filter((kind) => !(kind in activity.kinds))).toEqual([]);
  });

  it('each kind of change in the filter finds its entries', async () => {
    const found = await Promise.all(
      [...OPERATIONS.keys()]
        .filter((name) => !SINCE.has(name))
        .map(async (operation) => (await listEntries(world.db, reader, { operation }, 500)).length),
    );
    expect(found.filter((count) => count === 0)).toEqual([]);
    const forgotten = Object.values(manifest.entries).filter(
      ({ operation }) => !OPERATIONS.has(operationToday(operation)),
    );
    const stale = Object.values(manifest.entries).filter(({ status }) => status === 'stale');
    expect(found.reduce((sum, count) => sum + count)).toBe(roles.length - forgotten.length - stale.length);
  });

  it.each(roles)('%s: can be read, in both languages, and offers what it offered', async (role) => {
    const { id, status, undo, continuable } = old(role);
    const entry = await entryOf(id);
    const { steps, effects } = entry.body.plan;
    expect(entry.body.gone).toBe(role === 'edit-forgotten' ? 'forgotten' : undefined);
    const view = viewOf(entry);
    const offered = typeof view.undo === 'object' && view.undo ? 'impossible' : view.undo;
    const stands = status === 'running' || status === 'checking' ? 'interrupted' : status;
    expect([view.status, offered, view.continuable]).toEqual([stands, undo, continuable]);
    // What was never run, or was forgotten, has no step for what its plan says, or no plan.
    if (status !== 'stale' && !entry.body.gone)
      expect(entry.steps.map((one) => one.id)).toEqual(steps.map((one) => one.id));
    if (steps.length > 0) expect(effects).not.toBeNull();
    const kinds = OPERATIONS.get(entry.operation)?.steps ?? {};
    for (const { kind } of steps) expect(Object.keys(kinds)).toContain(kind);
    said(view);
  });

  it('entries are found by an id, by a phone and by an e-mail', async () => {
    const { goes } = old('merge').about;
    const { person } = was('merge', 'goes');
    for (const filter of [
      { subject: goes ?? '' },
      { contact: String(person?.primary_phone) },
      { contact: 'maria@example.com' },
    ]) {
      expect((await listEntries(world.db, reader, filter, 50)).map(({ id }) => id)).toEqual([old('merge').id]);
    }
  });

  it('ids that were joined lead to who has their place', async () => {
    const oldIds = createOldIds();
    const all = (await listEntries(world.db, reader, { operations: ID_OPERATIONS }, 500)).flatMap((entry) =>
      oldIds(entry),
    );
    const today = new Map(all.map((one) => [one.was, one.today]));
    expect(today.get(about('merge', 'goes'))).toBe(about('merge', 'stays'));
    expect(today.get(about('merge-many', 'two'))).toBe(about('merge-many', 'stays'));
    expect(today.get(about('merge-undone', 'goes'))).not.toBe(about('merge-undone', 'stays'));
  });
});

describe('the rest of the store', () => {
  const other = (name: string) => manifest.others[name] ?? '';

  it('a decision that two people are not one still holds', async () => {
    const [one, two] = [await look(other('decidedOne')), await look(other('decidedOther'))];
    const candidate = (id: string) => ({
      person: { id, displayName: null, primaryPhone: null, primaryEmail: other('decidedEmail') },
      identities: null,
    });
    const [a, b] = [candidate(other('decidedOne')), candidate(other('decidedOther'))];
    expect([one.person?.primary_email, two.person?.primary_email]).toEqual(Array(2).fill(other('decidedEmail')));
    const decided = await decisionsAbout(world.db, SERVER, a.person.id, [
      { id: b.person.id, evidence: evidenceFor(a, b) },
    ]);
    expect(decided).toEqual([{ other: b.person.id, who: 'Ana', decidedAt: expect.any(Number) }]);
  });

  it('saved questions to routing can be read', async () => {
    expect(await listSavedTests(world.db, SERVER)).toMatchObject([
      { id: other('probe'), chatId: other('probeChat'), personId: null, title: 'O grupo novo' },
      { id: other('probeNobody'), chatId: null, personId: other('decidedOne'), agentId: null, title: null },
    ]);
  });

  it('copies of calls can be read', async () => {
    expect(await readExport(world.db, other('exportDone'))).toMatchObject({
      status: 'done',
      who: 'Ana',
      kept: 12,
      unreadable: false,
    });
    expect(await readPage(world.db, other('exportDone'), 0)).toHaveLength(12);
    expect(await readExport(world.db, other('exportStopped'))).toMatchObject({
      status: 'stopped',
      filter: { method: 'PATCH' },
    });
  });

  it.each(manifest.sessions)('$who is still signed in', async ({ who, sid, actor, scopes, cookie }) => {
    expect(await readSessionRow(world.db, sid)).toMatchObject({ yourName: who, actor, scopes, endedAt: null });
    expect(await openCookie(cookie, env())).toMatchObject({ ok: true, sid, server: SERVER });
  });
});

describe('previews that were not run', () => {
  /** What these agreed to is stored under names that changed: their fingerprints do not fit any more (ADR 0026). */
  const agreedBefore = [
    'keys.create',
    'keys.edit',
    'keys.revoke',
    'keys.set-expiry',
    'persons.edit',
    'routes.activate',
    'persons.merge',
    'persons.move-identity',
    'persons.unlink',
    'persons.unmerge',
    'routes.create',
    'routes.delete',
    'routes.edit',
  ];

  it.each(manifest.tokens.filter(({ operation }) => !agreedBefore.includes(operation)))(
    '$operation: runs as it was agreed to',
    async ({ who, token }) => {
      const entry = await endOf(await start(world.runner(who), token));
      expect(entry.status).toBe('done');
      said(viewOf(entry));
    },
  );

  it.each(manifest.tokens.filter(({ operation }) => agreedBefore.includes(operation)))(
    '$operation: is shown anew, and runs then',
    async ({ who, token }) => {
      await shownAnew(start(world.runner(who), token), who);
    },
  );

  it('are refused when their time is over', async () => {
    vi.setSystemTime(soonAfter(manifest) + 16 * 60_000);
    for (const { who, token } of manifest.tokens) {
      expect(await start(world.runner(who), token)).toEqual({ is: 'problem', problem: { code: 'preview_expired' } });
    }
  });
});
