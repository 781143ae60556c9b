import { expect } from 'vitest';
import { randomUUID } from 'node:crypto';
import type { Wire } from '../../world/tables.ts';
import { data, items } from '../suite/omni.ts';
import type { Trial, TrialPerson } from '../suite/trial.ts';
import { accessGround, type AccessGround } from './ground.ts';

/** The recorded scene of a merge under watch: what is denied and allowed, whom the rules name, who asks. */
export type WatchedScene = Awaited<ReturnType<typeof openScene>>;

const UNNAMED = 'handle only';

/**
 * A source with two identities and six rules (a handle, a phone, a global one, an allow in an allowlist, only a person, one that
 * is off), a target with one, and a rule on the same handle that names nobody.
 */
async function openScene(trial: Trial, ground: AccessGround) {
  const [one = '', allowlist = '', , two = ''] = ground.instances;
  const mark = randomUUID().slice(0, 8);
  const digits = `11${String(parseInt(mark, 16)).padStart(10, '0')}`;
  const [h1, h2, ht, phone] = ['1', '2', 't', '9'].map((end) => `55${digits}${end}@s.whatsapp.net`) as [
    string,
    string,
    string,
    string,
  ];
  const source = await trial.person({}, [{}, {}]);
  const target = await trial.person();
  const ofSource: Wire[] = [
    { reason: 'handle', instanceId: one, ruleType: 'deny', platformUserId: h1, priority: 4 },
    { reason: 'phone', instanceId: one, ruleType: 'deny', phonePattern: `+55${digits}9*`, action: 'silent_block' },
    { reason: 'global', instanceId: null, ruleType: 'deny', platformUserId: h2 },
    { reason: 'allow', instanceId: allowlist, ruleType: 'allow', platformUserId: h1 },
    { reason: 'person only', instanceId: one, ruleType: 'deny' },
    {
      reason: 'off',
      instanceId: one,
      ruleType: 'deny',
      platformUserId: h1,
      enabled: false,
      expiresAt: '2020-01-01T00:00:00Z',
    },
  ].map((rule) => ({ ...rule, personId: source.id }));
  const others: Wire[] = [
    { reason: UNNAMED, instanceId: two, ruleType: 'deny', platformUserId: h1 },
    { reason: 'target', instanceId: one, ruleType: 'deny', platformUserId: ht, personId: target.id },
  ];
  const asked: [handle: string, instance: string][] = [
    [h1, one],
    [phone, one],
    [h2, two],
    [h1, allowlist],
    [h1, two],
    [ht, one],
  ];
  return { source, target, ofSource, others, asked, h1, one };
}

/**
 * Runs `work` while six checks are asked again and again; with a foreign writer an unrelated rule is written all the while, so
 * that no answer is kept. Answers how many checks said something else than before.
 */
export async function underWatch(
  trial: Trial,
  foreignWriter: boolean,
  work: (
    scene: WatchedScene & { made: Wire[]; rounds(count: number): Promise<void> },
  ) => Promise<readonly unknown[] | void>,
): Promise<{ polls: number; wrong: number }> {
  const ground = await accessGround(trial);
  const scene = await openScene(trial, ground);
  const state = { polls: 0, wrong: 0, rounds: 0, over: false };
  const ask = () => Promise.all(scene.asked.map(async ([handle, id]) => (await ground.check(handle, id)).allowed));
  await ground.withRules([...scene.ofSource, ...scene.others], async (made) => {
    const before = await ask();
    expect(before).toEqual([false, false, false, true, false, false]);
    const unrelated = await ground.create({
      instanceId: scene.one,
      ruleType: 'deny',
      platformUserId: `acc-${randomUUID()}`,
    });
    const watching = (async () => {
      while (!state.over) {
        const now = await ask();
        state.polls += now.length;
        state.wrong += now.filter((allowed, index) => allowed !== before[index]).length;
        state.rounds += 1;
        await new Promise(setImmediate);
      }
    })();
    const write = async () => {
      while (!state.over) await ground.patch(unrelated.id, {});
    };
    const writing = foreignWriter ? write() : undefined;
    const rounds = async (count: number) => {
      const until = state.rounds + count;
      while (state.rounds < until) await new Promise(setImmediate);
    };
    let more: readonly unknown[] | void;
    try {
      await rounds(2);
      more = await work({ ...scene, made, rounds });
      await rounds(3);
    } finally {
      state.over = true;
      await Promise.all([watching, writing]);
    }
    return [unrelated.id, ...(more ?? [])];
  });
  return { polls: state.polls, wrong: state.wrong };
}

/** Gives every rule of one person to another, one after the other, and looks that none is left. */
export async function moveRules({ call }: Trial, from: string, to: string): Promise<string[]> {
  const named = async () => items(await call('GET', '/access/rules')).filter(({ personId }) => personId === from);
  const moved: string[] = [];
  for (const { id } of await named()) {
    const answer = await call('PATCH', `/access/rules/${String(id)}`, { personId: to });
    expect([answer.status, data(answer).personId]).toEqual([200, to]);
    moved.push(String(id));
  }
  expect(await named()).toEqual([]);
  return moved;
}

/** Whom these rules name, by their reasons: the source, the target, nobody, or another. */
export async function namedAfter(trial: Trial, rules: readonly Wire[], people: Record<string, string>) {
  const ids = new Set(rules.map(({ id }) => id));
  const there = items(await trial.call('GET', '/access/rules')).filter(({ id }) => ids.has(id));
  const nameOf = (id: unknown) => (id === null ? 'none' : (people[String(id)] ?? 'other'));
  return there.map(({ reason, personId }) => `${String(reason)} → ${nameOf(personId)}`).toSorted();
}

export const mergeOf = (trial: Trial, source: TrialPerson, target: TrialPerson) =>
  trial.call('POST', '/persons/merge', { sourcePersonId: source.id, targetPersonId: target.id });
