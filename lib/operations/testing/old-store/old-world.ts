import 'server-only';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createFormatter, createTranslator } from 'use-intl/core';
import { afterAll, afterEach, beforeEach, expect, vi } from 'vitest';
import { sayer } from '#components/operations/receipt/say.ts';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import type { Entry, Problem } from '#lib/operations/journal/entry.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { resume, start, type Started } from '#lib/operations/run/run.ts';
import {
  oldManifest,
  openOldWorld,
  portrait,
  routeRow,
  soonAfter,
} from '#lib/operations/testing/old-store/old-store.ts';
import type { OldEntry, OldWorld, Portrait } from '#lib/operations/testing/old-store/old-store.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { viewOf, type EntryView } from '#lib/operations/receipt/view.ts';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };

export const manifest = oldManifest();
const folder = mkdtempSync(join(tmpdir(), 'omni-old-console-'));
Object.assign(process.env, manifest.env, { STORE_FILE: join(folder, 'console.db') });

export const SERVER = manifest.server.id;
export const reader = { server: SERVER, actor: '', scopes: ['*'] };
/** The world of this test: an Omni and a store as the release before left them. */
export let world: OldWorld;
/** Something was run in this world: the next test gets another one. */
let used = true;

beforeEach(async () => {
  // Leases, lives of previews and ends of keys are those of the minute after.
  vi.useFakeTimers({ toFake: ['Date'], shouldAdvanceTime: true, now: soonAfter(manifest) });
  if (used) world = await openOldWorld(manifest);
  used = false;
});
afterEach(async () => {
  if (used) await world.stop();
  vi.useRealTimers();
});
afterAll(async () => {
  if (!used) await world.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Says that this test changes its world by itself. */
export const changes = () => void (used = true);

/** The entry of a part; see `manifest.json`. */
export function old(role: string): OldEntry {
  const entry = manifest.entries[role];
  if (!entry) throw new Error(`no entry ${role}`);
  return entry;
}

/** What an entry was about, by its name there. */
export const about = (role: string, name: string) => old(role).about[name] ?? '';
/** How somebody was before an entry. */
export const was = (role: string, name: string) => old(role).was[name] as Portrait;

/** An entry as it is now. */
export async function entryOf(id: string): Promise<Entry> {
  const entry = await readEntry(world.db, id);
  if (!entry) throw new Error('no entry');
  return entry;
}

/** Waits for the end of what was started. */
export async function endOf(started: Started): Promise<Entry> {
  used = true;
  if (started.is !== 'started') throw new Error(JSON.stringify(started));
  await started.job;
  return entryOf(started.entryId);
}

/** Undoes the entry of a part; the entry of the undo. */
export async function undone(role: string): Promise<Entry> {
  const runner = world.runner();
  const seen = await undoPreview(runner, old(role).id);
  if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
  const entry = await endOf(await start(runner, seen.token));
  expect([entry.status, entry.body.problem]).toEqual(['done', undefined]);
  expect((await entryOf(old(role).id)).undoneBy).toBe(entry.id);
  said(viewOf(entry));
  return entry;
}

/** Finishes the entry of a part. */
export async function continued(role: string, status = 'done'): Promise<Entry> {
  const entry = await endOf(await resume(world.runner(), old(role).id));
  expect([entry.status, entry.body.problem]).toEqual([status, undefined]);
  expect(entry.steps.map(({ state }) => state)).not.toContain('planned');
  said(viewOf(entry));
  return entry;
}

/** Runs an operation of today. */
export async function done(name: string, input: Json): Promise<Entry> {
  const runner = world.runner();
  const seen = await preview(runner, name, input);
  if (!seen.ok || seen.plan.refusal) throw new Error(JSON.stringify(seen));
  const entry = await endOf(await start(runner, seen.token));
  expect(entry.status).toBe('done');
  return entry;
}

export const look = (personId: string) => portrait(world.control, personId);
export const route = (id: string) => routeRow(world.control, id);
export const NOBODY: Portrait = { person: null, rules: [], identities: [], routes: [], agents: [] };

/** Who holds an identity now. */
export async function holderOf(identity: unknown): Promise<string> {
  const sql = 'SELECT person_id FROM platform_identities WHERE id = ?';
  const [row] = await world.control.sql<{ person_id: string }>(sql, [String(identity)]);
  return row?.person_id ?? '';
}

type KeyRow = Record<string, string | number | null>;
export async function key(id: string): Promise<KeyRow> {
  const [row] = await world.control.sql<KeyRow>('SELECT * FROM api_keys WHERE id = ?', [id]);
  if (!row) throw new Error('no key');
  return row;
}

/** Rules that fell with the merge do not come back: one that was over by then, and one with only a person, which never decided. */
export const inForce = ({ rules, ...rest }: Portrait): Portrait => ({
  ...rest,
  rules: rules.filter(
    ({ phone_pattern, platform_user_id }) =>
      phone_pattern !== '+5508*' && (phone_pattern !== null || platform_user_id !== null),
  ),
});
export const sorted = (...lists: unknown[][]) => lists.flat().map(String).toSorted();

export const WORDS = { en, 'pt-BR': ptBR };

/** Says everything an entry tells, in both languages; throws for a sentence that is not there, or lacks a value. */
export function said(view: EntryView): void {
  for (const [locale, messages] of Object.entries(WORDS)) {
    const onError = (error: Error) => {
      throw error;
    };
    const words = { locale, messages: messages as typeof en, timeZone: 'UTC', onError };
    const tProblem = createTranslator({ ...words, namespace: 'problems' });
    const tActivity = createTranslator({ ...words, namespace: 'activity' });
    const { say: sayText } = sayer({ t: createTranslator(words), messages, format: createFormatter(words) });
    const say = (text: Text) => expect(sayText(text), `${locale} ${text.key}`).not.toBe(text.key);
    const tell = ({ code, values, why }: Problem) => {
      const all = { scope: '', seconds: 0, status: 0, lock: '', step: '', ...values };
      expect(tProblem(`${code}.title` as never, all as never)).not.toBe('');
      if (why) say(why);
      else expect(tProblem(`${code}.help` as never, all as never)).not.toBe('');
    };
    expect(tActivity(`kinds.${view.operation.replace('.', '-')}` as never)).not.toBe('');
    say(view.title);
    for (const { title, problem } of view.steps) {
      say(title);
      if (problem) tell(problem);
    }
    if (view.problem) tell(view.problem);
    const { moves, losses, unknowns, warnings } = view.plan;
    for (const text of [...moves, ...losses, ...unknowns, ...warnings]) say(text);
    for (const { text } of view.checks) say(text);
    if (typeof view.undo === 'object' && view.undo) say(view.undo.impossible);
  }
}

/** What these agreed to was told in sentences of before: the same change is shown anew, and nothing is sent unasked. */
export async function shownAnew(begun: Promise<Started>, who?: string): Promise<Entry> {
  await world.control.clearCalls();
  const first = await begun;
  if (first.is !== 'stale') throw new Error(JSON.stringify(first));
  expect((await world.control.calls()).items.filter(({ method }) => method !== 'GET')).toEqual([]);
  const entry = await endOf(await start(world.runner(who), first.token));
  expect(entry.status).toBe('done');
  said(viewOf(entry));
  return entry;
}
