import { randomUUID } from 'node:crypto';
import { createFormatter, createTranslator } from 'use-intl/core';
import { beforeAll, describe, expect, it, test } from 'vitest';
import { OPERATIONS } from '#app/operations.ts';
import { sayer } from '#components/operations/receipt/say.ts';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { allowed, newNumber as number, WHATSAPP } from '#lib/persons/testing/scene.ts';
import { ownScene } from '#lib/persons/testing/own-scene.ts';

const scene = ownScene();
beforeAll(() => {
  scene.runner = { ...scene.runner, operations: OPERATIONS };
});

const row = async (id: string) => (await scene.control.sql('SELECT * FROM access_rules WHERE id = ?', [id]))[0];

async function newRule(fields: Record<string, unknown>): Promise<string> {
  const made = await scene.control.rows({ access_rules: [{ instanceId: WHATSAPP, ruleType: 'deny', ...fields }] });
  return made.access_rules?.[0] ?? '';
}

async function somebody(more: Record<string, unknown> = {}, handle = `${number()}@s.whatsapp.net`): Promise<string> {
  const one = personRows({ displayName: `Pessoa ${randomUUID().slice(0, 6)}`, ...more }, [
    { instanceId: WHATSAPP, platformUserId: handle },
  ]);
  await scene.control.rows({ persons: [one.person], platform_identities: one.rows });
  return one.id;
}

async function plan(name: string, input: unknown, as = scene.runner) {
  const seen = await preview(as, name, input);
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  said(seen.plan);
  return seen.plan;
}

/** Says everything a plan tells, in both languages; throws for a sentence that is not there, or lacks a value. */
function said({ title, moves, losses, unknowns, warnings, refusal }: Plan): void {
  for (const [locale, messages] of Object.entries({ en, 'pt-BR': ptBR })) {
    const onError = (error: Error) => {
      throw error;
    };
    const words = { locale, messages: messages as typeof en, timeZone: 'UTC', onError };
    const { say } = sayer({ t: createTranslator(words), messages: words.messages, format: createFormatter(words) });
    for (const text of [title, ...moves, ...losses, ...unknowns, ...warnings, ...(refusal ? [refusal] : [])])
      expect(say(text), `${locale} ${text.key}`).not.toBe(text.key);
    expect(say({ ...title, key: `${title.key}-done` })).not.toBe(`${title.key}-done`);
  }
}

const keys = (texts: readonly { key: string }[]) => texts.map(({ key }) => key);

describe('access.create', () => {
  it('says whose messages get no answer, and whom it concerns; undo leaves the database as it was', async () => {
    const digits = number();
    const personId = await somebody({}, `${digits}@s.whatsapp.net`);
    const rule = { instanceId: WHATSAPP, ruleType: 'deny', platformUserId: digits, action: 'silent_block' };
    const shown = await plan('access.create', { rule });
    expect(keys(shown.moves)).toEqual(['effect.access-decides', 'effect.access-concerns', 'effect.access-created']);
    expect(JSON.stringify(shown.moves[1])).toContain(personId);
    expect(shown.restores).toBe('everything');
    await scene.control.snapshot();
    const entry = await carryOut(scene.runner, 'access.create', { rule });
    expect(entry.body.receipt?.checks.map(({ held }) => held)).toEqual([true]);
    expect(await allowed(scene, digits)).toBe(false);
    const back = await undoEntry(scene.runner, entry.id);
    expect([back.status, back.body.plan.typed]).toEqual(['done', undefined]);
    expect(await scene.control.diff('before', ['access_rules'])).toEqual({});
    expect(await allowed(scene, digits)).toBe(true);
  });

  it('refuses what Omni would: the place of a phone is taken, by an inactive rule too; a person or instance that is not there', async () => {
    const phonePattern = `+${number()}`;
    await newRule({ phonePattern, enabled: false });
    const rule = { instanceId: WHATSAPP, ruleType: 'deny', phonePattern };
    expect((await plan('access.create', { rule })).refusal?.key).toBe('access.phone-taken');
    expect((await plan('access.create', { rule: { ...rule, ruleType: 'allow' } })).refusal).toBeUndefined();
    expect((await plan('access.create', { rule: { ...rule, instanceId: null } })).refusal).toBeUndefined();
    const elsewhere = { ...rule, phonePattern: '1*', instanceId: randomUUID() };
    expect((await plan('access.create', { rule: elsewhere })).refusal?.key).toBe('access.no-instance');
    const nobody = { ...rule, phonePattern: '2*', personId: randomUUID() };
    expect((await plan('access.create', { rule: nobody })).refusal?.key).toBe('access.nobody');
    const past = { ...rule, phonePattern: '3*', expiresAt: new Date(Date.now() - 1000).toISOString() };
    expect((await plan('access.create', { rule: past })).refusal?.key).toBe('block.past');
  });

  it('refuses a pattern with more than three stars, and two in a row', async () => {
    const refusal = async (phonePattern: string) =>
      (await plan('access.create', { rule: { instanceId: WHATSAPP, ruleType: 'deny', phonePattern } })).refusal?.key;
    expect(await refusal('5*1*2*3*')).toBe('access.heavy-pattern');
    expect(await refusal(`${'*'.repeat(12)}x`)).toBe('access.heavy-pattern');
    expect(await refusal('5**1')).toBe('access.double-star');
    expect(await refusal('5*1*2*')).toBeUndefined();
  });

  it('says that a rule with only a person decides nothing, and that another rule decides', async () => {
    const personId = await somebody();
    const shown = await plan('access.create', { rule: { instanceId: null, ruleType: 'deny', personId } });
    expect(keys(shown.warnings)).toEqual(['access.person-only']);
    const platformUserId = number();
    await newRule({ platformUserId, ruleType: 'allow', priority: 9 });
    const outranked = await plan('access.create', { rule: { instanceId: WHATSAPP, ruleType: 'deny', platformUserId } });
    expect(keys(outranked.warnings)).toContain('access.no-change');
  });

  it('names the missing permission', async () => {
    const reader = { ...scene.runner, session: { ...scene.runner.session, scopes: ['access:read', 'instances:read'] } };
    const rule = { instanceId: null, ruleType: 'deny', platformUserId: 'x' };
    const seen = await preview(reader, 'access.create', { rule });
    expect(seen).toMatchObject({ ok: false, problem: { code: 'forbidden', values: { scope: 'access:write' } } });
  });
});

test('access.create is not undone over what somebody else changed since', async () => {
  const rule = { instanceId: WHATSAPP, ruleType: 'deny', platformUserId: number(), reason: 'Spam' };
  const entry = await carryOut(scene.runner, 'access.create', { rule });
  const [id] = entry.steps.map(({ result }) => String(result));
  const before = await undoPreview(scene.runner, entry.id);
  expect(before.ok && before.plan.refusal).toBeUndefined();
  await carryOut(scene.runner, 'access.edit', { id, changes: { priority: 9 } });
  const back = await undoPreview(scene.runner, entry.id);
  expect(back.ok && back.plan.refusal).toEqual({ key: 'access.undo-changed' });
});

describe('access.edit', () => {
  it('changes only what is named; undo restores it, with the age it had', async () => {
    const platformUserId = number();
    const id = await newRule({ platformUserId, priority: 3, reason: 'Spam' });
    const before = await row(id);
    const changes = { enabled: false, priority: 4, reason: '' };
    const shown = await plan('access.edit', { id, changes });
    expect([keys(shown.moves).slice(0, 3), shown.restores]).toEqual([Array(3).fill('effect.set'), 'everything']);
    const entry = await carryOut(scene.runner, 'access.edit', { id, changes });
    expect(await row(id)).toMatchObject({ enabled: 0, priority: 4, reason: '', platform_user_id: platformUserId });
    expect(await allowed(scene, platformUserId)).toBe(true);
    await undoEntry(scene.runner, entry.id);
    expect({ ...(await row(id)), updated_at: 0 }).toEqual({ ...before, updated_at: 0 });
    expect(await allowed(scene, platformUserId)).toBe(false);
  });

  it('is not undone over what somebody else changed since', async () => {
    const id = await newRule({ platformUserId: number(), priority: 3, reason: 'Spam' });
    const entry = await carryOut(scene.runner, 'access.edit', { id, changes: { priority: 4, reason: 'Golpe' } });
    await carryOut(scene.runner, 'access.edit', { id, changes: { reason: 'Confirmado' } });
    const back = await undoPreview(scene.runner, entry.id);
    expect(back.ok && back.plan.refusal).toEqual({ key: 'access.undo-changed' });
    expect(await row(id)).toMatchObject({ priority: 4, reason: 'Confirmado' });
  });

  it('links a rule to another person; from nobody it can’t be undone, since Omni takes no null', async () => {
    const [ana, bia] = [await somebody(), await somebody()];
    const id = await newRule({ platformUserId: number(), personId: ana });
    const shown = await plan('access.edit', { id, changes: { personId: bia } });
    expect([keys(shown.moves), shown.restores]).toEqual([['effect.set'], 'everything']);
    expect(keys(shown.warnings)).toEqual(['access.same-decisions']);
    const entry = await carryOut(scene.runner, 'access.edit', { id, changes: { personId: bia } });
    expect((await row(id))?.person_id).toBe(bia);
    await undoEntry(scene.runner, entry.id);
    expect((await row(id))?.person_id).toBe(ana);
    const free = await newRule({ platformUserId: number() });
    const given = await plan('access.edit', { id: free, changes: { personId: ana } });
    expect(given.restores).toBe('nothing');
    const done = await carryOut(scene.runner, 'access.edit', { id: free, changes: { personId: ana } });
    expect(done.body.undo).toEqual({ impossible: { key: 'access-edit.no-undo' } });
  });

  it('refuses to clear what Omni can’t clear, a taken phone, and nothing to change', async () => {
    const taken = `+${number()}`;
    await newRule({ phonePattern: taken });
    const id = await newRule({ platformUserId: number(), expiresAt: Date.now() + 86_400_000 });
    const refusal = async (changes: object) => (await plan('access.edit', { id, changes })).refusal?.key;
    expect(await refusal({ expiresAt: null })).toBe('access.no-clear');
    expect(await refusal({ platformUserId: null })).toBe('access.no-clear');
    expect(await refusal({ phonePattern: taken })).toBe('access.phone-taken');
    expect(await refusal({ priority: 0 })).toBe('unblock.already');
    expect((await plan('access.edit', { id: randomUUID(), changes: { priority: 1 } })).refusal?.key).toBe('rules.gone');
  });

  it('lets a rule be deactivated whose pattern keeps Omni busy, and not activated; deleting it can’t be undone', async () => {
    const id = await newRule({ phonePattern: `${number()}*1*2*3*` });
    const refusal = async (changes: object) => (await plan('access.edit', { id, changes })).refusal?.key;
    expect(await refusal({ reason: 'Lento' })).toBeUndefined();
    expect((await plan('access.edit', { id, changes: { phonePattern: number() } })).restores).toBe('nothing');
    const deleted = await plan('access.delete', { id });
    expect([deleted.restores, keys(deleted.warnings)[0]]).toEqual(['nothing', 'access-delete.pattern']);
    const entry = await carryOut(scene.runner, 'access.edit', { id, changes: { enabled: false } });
    expect((await row(id))?.enabled).toBeFalsy();
    expect(await refusal({ enabled: true })).toBe('access.heavy-pattern');
    await undoEntry(scene.runner, entry.id);
    expect((await row(id))?.enabled).toBeTruthy();
  });

  it('is not sent where somebody changed the rule between the preview and the run', async () => {
    const id = await newRule({ platformUserId: number() });
    const seen = await preview(scene.runner, 'access.edit', { id, changes: { priority: 5 } });
    if (!seen.ok) throw new Error('no preview');
    await scene.control.write('UPDATE access_rules SET priority = 8 WHERE id = ?', [id]);
    const { start } = await import('#lib/operations/run/run.ts');
    expect((await start(scene.runner, seen.token)).is).toBe('stale');
    expect((await row(id))?.priority).toBe(8);
  });
});

describe('persons.block, persons.unblock', () => {
  it('are said without a word missing, like every change of a rule', async () => {
    const personId = await somebody();
    await plan('persons.block', { personId, instanceId: null, message: 'Não', until: null });
    const entry = await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP });
    const rules = (await scene.control.sql('SELECT id FROM access_rules WHERE person_id = ?', [personId])).map(
      ({ id }) => id,
    );
    await plan('persons.unblock', { personId, rules });
    said((await undoEntry(scene.runner, entry.id)).body.plan);
  });
});

describe('access.delete', () => {
  it('is typed; undo creates the rule again where it comes before nobody else', async () => {
    const platformUserId = number();
    const id = await newRule({ platformUserId, reason: 'Spam', priority: 2, blockMessage: 'Não', action: 'block' });
    const shown = await plan('access.delete', { id });
    expect([shown.typed, shown.restores]).toEqual([{ word: 'delete' }, 'everything']);
    const entry = await carryOut(scene.runner, 'access.delete', { id });
    expect([await row(id), await allowed(scene, platformUserId)]).toEqual([undefined, true]);
    await undoEntry(scene.runner, entry.id);
    const [again] = await scene.control.sql('SELECT * FROM access_rules WHERE platform_user_id = ?', [platformUserId]);
    expect(again).toMatchObject({ priority: 2, block_message: 'Não', rule_type: 'deny', instance_id: WHATSAPP });
    expect(await allowed(scene, platformUserId)).toBe(false);
  });

  it('can’t be undone where the rule would then come before a newer one, and says so beforehand', async () => {
    const platformUserId = number();
    const at = (moment: number) => (Date.now() + moment) * 1000;
    const id = await newRule({ platformUserId, createdAt: at(-9000) });
    await newRule({ platformUserId: `${platformUserId}@s.whatsapp.net`, ruleType: 'allow', createdAt: at(-5000) });
    const shown = await plan('access.delete', { id });
    expect([shown.restores !== 'everything', keys(shown.warnings)[0]]).toEqual([true, 'access-delete.newest']);
    const entry = await carryOut(scene.runner, 'access.delete', { id });
    expect(entry.body.undo).toEqual({ impossible: { key: 'access-delete.newest' } });
  });

  it('of a rule that fits nobody in common, or of another priority, can be undone', async () => {
    const [one, other] = [number(), number()];
    const at = (moment: number) => (Date.now() + moment) * 1000;
    const id = await newRule({ platformUserId: one, createdAt: at(-9000) });
    await newRule({ platformUserId: other, ruleType: 'allow', createdAt: at(-5000) });
    await newRule({ platformUserId: one, ruleType: 'allow', priority: -1, createdAt: at(-5000) });
    expect((await plan('access.delete', { id })).restores).toBe('everything');
  });
});
