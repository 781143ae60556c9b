import { randomUUID } from 'node:crypto';
import { describe, expect, it, test } from 'vitest';
import { carryOut, undoEntry } from '#lib/operations/testing/runs.ts';
import { preview } from '#lib/operations/plan/preview.ts';
import { runnerOfAll } from '#lib/operations/testing/own-bed.ts';
import { personRows } from '#lib/persons/testing/bed.ts';
import { allowed, newNumber as number, WHATSAPP } from '#lib/persons/testing/scene.ts';
import { ownScene } from '#lib/persons/testing/own-scene.ts';
import { undoPreview } from '#lib/operations/receipt/undo.ts';

const scene = ownScene();

/** Somebody with these handles on WhatsApp. */
async function somebody(handles: readonly string[], more: Record<string, unknown> = {}): Promise<string> {
  const one = personRows(
    { displayName: `Pessoa ${randomUUID().slice(0, 6)}`, ...more },
    handles.map((platformUserId) => ({ instanceId: WHATSAPP, platformUserId })),
  );
  await scene.control.rows({ persons: [one.person], platform_identities: one.rows });
  return one.id;
}

const rules = (personId: string) =>
  scene.control.sql('SELECT * FROM access_rules WHERE person_id = ? ORDER BY platform_user_id', [personId]);

async function plan(name: string, input: unknown, as = scene.runner) {
  const seen = await preview(as, name, input);
  if (!seen.ok) throw new Error(JSON.stringify(seen.problem));
  return seen.plan;
}

describe('persons.block', () => {
  it('blocks the bare handle and the stored one, as the review says; undo leaves the database as it was', async () => {
    const digits = number();
    const personId = await somebody([`${digits}@s.whatsapp.net`]);
    const input = { personId, instanceId: WHATSAPP, message: '', until: null, reason: 'Spam' };
    const shown = await plan('persons.block', input);
    expect(shown.moves.map(({ key }) => key)).toEqual([
      'effect.block-messages',
      'effect.block-rule',
      'effect.block-rule',
    ]);
    expect(shown.warnings.map(({ key }) => key)).toEqual(['block.hits-none', 'block.lid', 'block.within']);
    expect(shown.restores).toBe('everything');
    await scene.control.snapshot();
    const entry = await carryOut(scene.runner, 'persons.block', input);
    expect(entry.status).toBe('done');
    expect(entry.body.receipt?.checks.map(({ held }) => held)).toEqual([true, true]);
    expect(await allowed(scene, digits)).toBe(false);
    expect(await allowed(scene, `${digits}@s.whatsapp.net`)).toBe(false);
    const made = await rules(personId);
    expect(made.map((row) => row.platform_user_id)).toEqual([digits, `${digits}@s.whatsapp.net`]);
    expect(made.every((row) => row.action === 'silent_block' && row.phone_pattern === null)).toBe(true);
    const back = await undoEntry(scene.runner, entry.id);
    expect(back.status).toBe('done');
    expect(await scene.control.diff('before', ['access_rules'])).toEqual({});
    expect(await allowed(scene, digits)).toBe(true);
  });

  it('blocks the phone besides a LID, since Omni asks for it then', async () => {
    const digits = number();
    const lid = `${randomUUID().replaceAll(/\D/g, '').slice(0, 12)}@lid`;
    const personId = await somebody([lid], { primaryPhone: `+${digits}` });
    const entry = await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP });
    expect(entry.body.receipt?.checks.map(({ held }) => held)).toEqual([true, true]);
    const handles = (await rules(personId)).map((row) => row.platform_user_id);
    expect(handles.toSorted()).toEqual([digits, lid, lid.replace('@lid', '')].toSorted());
  });

  it('gets the priority of an allowing rule that would decide, and says who else has the handle', async () => {
    const digits = number();
    const personId = await somebody([`${digits}@s.whatsapp.net`]);
    const other = await somebody([`${digits}@s.whatsapp.net`.replace('@', ':4@')]);
    const twin = await somebody([digits]);
    await scene.control.rows({
      access_rules: [{ instanceId: null, ruleType: 'allow', phonePattern: `+${digits}*`, priority: 7 }],
    });
    const shown = await plan('persons.block', { personId, instanceId: null });
    const hit = JSON.stringify(shown.moves.filter(({ key }) => key === 'effect.block-hits'));
    expect(hit).toContain(twin);
    expect(hit).not.toContain(other);
    await carryOut(scene.runner, 'persons.block', { personId, instanceId: null });
    expect((await rules(personId)).every((row) => row.priority === 7 && row.instance_id === null)).toBe(true);
    expect(await allowed(scene, digits)).toBe(false);
  });

  it('with a message and an end says both, and keeps both', async () => {
    const personId = await somebody([`${number()}@s.whatsapp.net`]);
    const until = new Date(Date.now() + 86_400_000).toISOString();
    const input = { personId, instanceId: WHATSAPP, message: 'Fale com a loja', until };
    expect(JSON.stringify((await plan('persons.block', input)).moves)).toContain(until);
    await carryOut(scene.runner, 'persons.block', input);
    const [row] = await rules(personId);
    expect(row).toMatchObject({ action: 'block', block_message: 'Fale com a loja' });
  });

  it('is refused where it would change nothing or is not possible', async () => {
    const personId = await somebody([`${number()}@s.whatsapp.net`]);
    const input = { personId, instanceId: WHATSAPP };
    const past = new Date(Date.now() - 1000).toISOString();
    expect((await plan('persons.block', { ...input, until: past })).refusal?.key).toBe('block.past');
    const elsewhere = { personId, instanceId: randomUUID() };
    expect((await plan('persons.block', elsewhere)).refusal?.key).toBe('block.no-identity');
    expect((await plan('persons.block', { ...input, personId: randomUUID() })).refusal?.key).toBe('block.nobody');
    await carryOut(scene.runner, 'persons.block', input);
    expect((await plan('persons.block', input)).refusal?.key).toBe('block.covered');
    const reader = runnerOfAll(scene.db, { url: scene.sandbox.url, key: scene.sandbox.keys.viewer }, [
      'access:read',
      'persons:read',
    ]);
    expect(await preview(reader, 'persons.block', input)).toMatchObject({ ok: false, problem: { code: 'forbidden' } });
  });
});

test('persons.block-undo: a rule that somebody changed since is not deleted with that change', async () => {
  const personId = await somebody([number()]);
  const entry = await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP, reason: 'Spam' });
  const [rule] = await rules(personId);
  await scene.control.write("UPDATE access_rules SET reason = 'Ordem judicial' WHERE id = ?", [String(rule?.id)]);
  const back = await undoPreview(scene.runner, entry.id);
  expect(back.ok && back.plan.refusal).toEqual({ key: 'block.undo-changed' });
});

describe('persons.unblock', () => {
  it('is undone for the rules that it turned: one that was off before stays off', async () => {
    const personId = await somebody([number(), number()]);
    await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP, reason: 'Spam' });
    const [first, second] = (await rules(personId)).map(({ id }) => String(id));
    await scene.control.write('UPDATE access_rules SET enabled = 0 WHERE id = ?', [second ?? '']);
    const entry = await carryOut(scene.runner, 'persons.unblock', { personId, rules: [first, second] });
    await undoEntry(scene.runner, entry.id);
    const on = (await rules(personId)).flatMap(({ id, enabled }) => (enabled === 1 ? [String(id)] : []));
    expect([on.includes(first ?? ''), on.includes(second ?? '')]).toEqual([true, false]);
  });

  it('turns the rules off and nothing else; undo turns on the same rules', async () => {
    const digits = number();
    const personId = await somebody([`${digits}@s.whatsapp.net`]);
    await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP, reason: 'Spam' });
    const before = await rules(personId);
    const input = { personId, rules: before.map(({ id }) => String(id)) };
    const shown = await plan('persons.unblock', input);
    expect(shown.moves.at(-1)?.key).toBe('effect.unblock-answers');
    expect(shown.restores).toBe('everything');
    const entry = await carryOut(scene.runner, 'persons.unblock', input);
    expect(entry.status).toBe('done');
    expect(await allowed(scene, digits)).toBe(true);
    const still = (row: Record<string, unknown>) => ({ ...row, enabled: null, updated_at: null });
    expect((await rules(personId)).map(still)).toEqual(before.map(still));
    const back = await undoEntry(scene.runner, entry.id);
    expect(back.status).toBe('done');
    expect(await allowed(scene, digits)).toBe(false);
    expect((await rules(personId)).map(still)).toEqual(before.map(still));
  });

  it('says that another rule still blocks, and that a pattern concerns others', async () => {
    const digits = number();
    const personId = await somebody([`${digits}@s.whatsapp.net`]);
    const [pattern = '', own = ''] =
      (
        await scene.control.rows({
          access_rules: [
            { instanceId: WHATSAPP, ruleType: 'deny', phonePattern: `+${digits}*` },
            { instanceId: null, ruleType: 'deny', phonePattern: `${digits}*`, personId },
          ],
        })
      ).access_rules ?? [];
    const shown = await plan('persons.unblock', { personId, rules: [own] });
    expect(shown.moves.map(({ key }) => key)).toEqual(['effect.unblock-rule', 'effect.unblock-still']);
    expect(shown.warnings[0]?.key).toBe('unblock.pattern');
    expect(shown.title.key).toBe('unblock.rules-title');
    const both = await plan('persons.unblock', { personId, rules: [own, pattern] });
    expect([both.moves.at(-1)?.key, both.title.key]).toEqual(['effect.unblock-answers', 'unblock.title']);
  });

  it('takes a rule for expired by Omni’s clock, however the console’s goes', async () => {
    const digits = number();
    const personId = await somebody([`${digits}@s.whatsapp.net`]);
    const day = 86_400_000;
    const [own = ''] =
      (
        await scene.control.rows({
          access_rules: [
            { instanceId: null, ruleType: 'deny', phonePattern: `${digits}*`, personId },
            { instanceId: null, ruleType: 'deny', phonePattern: `${digits}*`, expiresAt: Date.now() + day },
          ],
        })
      ).access_rules ?? [];
    const input = { personId, rules: [own] };
    expect((await plan('persons.unblock', input)).moves.at(-1)?.key).toBe('effect.unblock-still');
    await scene.control.moveClock(2 * day);
    try {
      expect((await plan('persons.unblock', input)).moves.at(-1)?.key).toBe('effect.unblock-answers');
    } finally {
      await scene.control.moveClock(-2 * day);
    }
  });

  it('says that the allowlist still blocks, where no rule does; undoing a block says what is decided then', async () => {
    const [allowlist] = await scene.control.sql<{ id: string }>(
      "SELECT id FROM instances WHERE access_mode = 'allowlist' LIMIT 1",
    );
    const personId = randomUUID();
    const handle = `77${Date.now()}`;
    await scene.control.rows({
      persons: [{ id: personId, displayName: 'Téo' }],
      platform_identities: [
        { personId, instanceId: allowlist?.id, channel: 'telegram', platformUserId: handle },
        { personId, instanceId: WHATSAPP, channel: 'telegram', platformUserId: handle },
      ],
    });
    const blocked = await carryOut(scene.runner, 'persons.block', { personId, instanceId: null });
    const undo = await undoPreview(scene.runner, blocked.id);
    if (!undo.ok) throw new Error(undo.problem.code);
    expect(undo.plan.moves.map(({ key }) => key).toSorted()).toEqual([
      'effect.unblock-answers',
      'effect.unblock-still-mode',
    ]);
    expect(undo.plan.restores).toBe('nothing');
    const own = (await rules(personId)).map(({ id }) => String(id));
    const shown = await plan('persons.unblock', { personId, rules: own });
    expect(
      shown.moves
        .map(({ key }) => key)
        .slice(1)
        .toSorted(),
    ).toEqual(['effect.unblock-answers', 'effect.unblock-still-mode']);
  });
});

describe('persons.block, persons.unblock: random handles and rules', () => {
  it('decide as Omni does', async () => {
    const pick = <T>(all: readonly T[]) => all[Math.floor(Math.random() * all.length)] as T;
    const tries = process.env.SOAK ? 600 : 25;
    let told = 0;
    for (let index = 0; index < tries; index += 1) {
      const digits = number();
      const handle = pick([`${digits}@s.whatsapp.net`, digits, `${digits}@c.us`, `user.${digits}`]);
      const personId = await somebody([handle], pick([{}, { primaryPhone: `+${digits}` }]));
      const bare = handle.split('@')[0] ?? '';
      await scene.control.rows({
        access_rules: Array.from({ length: Math.floor(Math.random() * 4) }, (_, at) => ({
          instanceId: pick([null, WHATSAPP]),
          ruleType: pick(['allow', 'deny']),
          priority: pick([0, 0, 3]),
          enabled: Math.random() > 0.2,
          ...pick([
            { platformUserId: handle },
            { platformUserId: bare },
            { phonePattern: `${['+', '', '*'][at % 3]}${bare}*` },
          ]),
        })),
      });
      const shown = await plan('persons.block', { personId, instanceId: pick([null, WHATSAPP]) });
      if (shown.refusal) continue;
      const entry = await carryOut(scene.runner, 'persons.block', { personId, instanceId: WHATSAPP }).catch(() => null);
      if (!entry) continue;
      const said = entry.body.plan.moves.some(
        ({ key }) => key === 'effect.block-messages' || key === 'effect.block-already',
      );
      expect(said ? [] : [handle, entry.body.plan.unknowns]).toEqual([]);
      expect([await allowed(scene, handle), await allowed(scene, bare)], handle).toEqual([false, false]);
      const ids = (await rules(personId)).map(({ id }) => String(id));
      const undone = await carryOut(scene.runner, 'persons.unblock', { personId, rules: ids });
      const keys = undone.body.plan.changes?.map(({ what }) => what) ?? [];
      const now = [await allowed(scene, handle), await allowed(scene, bare)];
      if (keys.includes('unblock-answers')) expect(now, handle).toEqual([true, true]);
      if (keys.includes('unblock-still')) expect(now, handle).toEqual([false, false]);
      if (!keys.includes('unblock-unsure')) told += 1;
    }
    expect(told).toBeGreaterThan(tries / 3);
  }, 600_000);
});
