import {
  asJson,
  type CommandLines,
  type EffectPlan,
  type Json,
  type Operation,
  type Plan,
  type Text,
  type Verb,
} from '#lib/operations/plan/define.ts';
import { commandsOf, linesToday } from './commands.ts';
import type { Effect } from './effect.ts';
import { canonical } from '#lib/operations/plan/canonical.ts';
import { visibleName } from '#lib/text/visible.ts';
import { idOf, withoutNames } from './value.ts';

/** What an operation would do now, as it is shown. */
export function planNow<I, F>(operation: Pick<Operation<I, F>, 'plan' | 'steps'>, input: I, facts: F): Plan {
  const plan = operation.plan(input, facts);
  if ('verb' in plan) return planOf(plan, commandsOf(operation, input, facts, plan.steps));
  return { ...plan, command: linesToday(plan.command, plan.steps.length) };
}

/** The plan as it is shown, sealed and journalled: its groups, what is typed and what undo restores are functions of the effects. */
function planOf(
  { title, effects, relies, steps, notes, refusal, verb, data, opens }: EffectPlan,
  command: CommandLines,
): Plan {
  const group = (kept: Effect['kept']) => headed(effects.filter((one) => one.kept === kept && !isNeverChecked(one)));
  const unchecked = effects.filter(isNeverChecked).map((one) => textOf(one, 'name'));
  const typed = typedFor(effects, verb);
  return {
    title,
    effects: agreedTo(effects, relies),
    changes: effects,
    restores: restoredBy(effects),
    steps: refusal ? [] : steps,
    moves: group('yes'),
    losses: group('no'),
    unknowns: group('unknown'),
    ...(unchecked.length > 0 ? { unchecked } : {}),
    warnings: notes ?? [],
    ...(refusal ? { refusal } : {}),
    ...(typed && !refusal ? { typed } : {}),
    ...(data === undefined ? {} : { data: asJson(data) }),
    ...(opens ? { opens } : {}),
    command: refusal ? { lines: [] } : command,
  };
}

/** What this key can't check, whatever is read: it lacks the permission. */
function isNeverChecked({ kept, more }: Effect): boolean {
  const why = more?.why;
  return kept === 'unknown' && typeof why === 'object' && why.is === 'not-seen' && why.state === 'forbidden';
}

/** The sentences of some effects, with a heading wherever another thing begins. */
function headed(effects: readonly Effect[]): Text[] {
  return effects.flatMap((one, index) => {
    const { under } = one;
    const isNew = under && canonical(asJson(under)) !== canonical(asJson(effects[index - 1]?.under));
    return [...(isNew ? [{ key: 'under', values: { of: under }, head: true as const }] : []), textOf(one)];
  });
}

/** The sentence of an effect. `past`: it was done. `name`: only what it is about, for a list. */
export function textOf({ what, of, from, to, more, count }: Effect, tense?: 'past' | 'name'): Text {
  return {
    key: `effect.${what}`,
    values: {
      ...more,
      ...(of ? { of } : {}),
      ...(count === undefined ? {} : { count }),
      from,
      to,
      tense: tense ?? 'future',
    },
  };
}

/** What undo restores: everything (ids aside), nothing, or everything but these. */
function restoredBy(effects: readonly Effect[]): NonNullable<Plan['restores']> {
  const left = effects.filter(({ back }) => back === 'no' || back === 'unknown');
  if (left.length === 0) return 'everything';
  return left.length === effects.length ? 'nothing' : { allBut: left.map((one) => textOf(one, 'name')) };
}

/** What must be typed: exactly where something besides history is not kept, or somebody may do more afterwards. */
export function typedFor(effects: readonly Effect[], verb: Verb): Plan['typed'] {
  const grave = effects.filter(
    ({ kept, history, grants, untyped }) => !untyped && (grants || (kept === 'no' && !history)),
  );
  if (grave.length === 0) return undefined;
  const asked = grave.find(({ asks }) => asks !== undefined)?.asks;
  if (asked !== undefined) return { text: asked };
  const subjects = new Map(grave.flatMap(({ of }) => (idOf(of) === null ? [] : [[idOf(of), of]])));
  const many = Math.max(subjects.size, ...grave.map(({ count = 1 }) => count));
  if (many > 1) return { text: String(many) };
  const [of] = subjects.values();
  // A name of which nothing can be seen can't be typed.
  return of?.is === 'key' && visibleName(of.name) ? { text: of.name ?? '' } : { word: verb };
}

/** What a person agreed to, without what may change at any moment: names, and history, which grows with each message. */
function agreedTo(effects: readonly Effect[], relies: unknown): Json {
  const plain = effects
    .filter(({ history }) => !history)
    .map(({ what, of, from, to, more, kept, back }) => ({
      what,
      of: of && idOf(of),
      from: withoutNames(from),
      to: withoutNames(to),
      more: Object.fromEntries(
        Object.entries(more ?? {}).map(([name, one]) => [name, typeof one === 'object' ? withoutNames(one) : one]),
      ),
      kept,
      back,
    }));
  return asJson({ effects: plain, relies });
}
