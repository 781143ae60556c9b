import type { Json, PlannedStep } from '#lib/operations/plan/define.ts';
import type { EntryBody, StepRecord } from './entry.ts';
import { OLD_NAMES, OLD_TEXTS, OLD_TEXT_BEGINNINGS, OLD_TEXT_VALUES, type OldNames } from './old-names.ts';

type Fields = { [key: string]: Json };

const TODAY = new Map(Object.entries(OLD_NAMES).flatMap(([name, { was }]) => (was ? [[was, name] as const] : [])));

/** The name an operation has today. */
export function operationToday(name: string): string {
  return TODAY.get(name) ?? name;
}

/** All names under which entries of an operation are stored, today's first. */
export function storedNames(name: string): string[] {
  const was = OLD_NAMES[name]?.was;
  return was ? [name, was] : [name];
}

/** The id that a step of an operation has today. */
function stepToday(operation: string, id: string): string {
  const begins = Object.entries(OLD_NAMES[operationToday(operation)]?.steps ?? {});
  const [was, is] = begins.find(([old]) => id.startsWith(old)) ?? [];
  return was === undefined || is === undefined ? id : is + id.slice(was.length);
}

/** An operation's input with the names of today. */
export function inputToday(operation: string, input: Json): Json {
  return partToday(OLD_NAMES[operationToday(operation)], 'input', input);
}

/** A step of an operation's entry with the names of today. */
export function stepRecordToday(operation: string, step: StepRecord): StepRecord {
  const { id, result, problem } = step;
  return {
    ...step,
    id: stepToday(operation, id),
    result: result === undefined ? undefined : partToday(OLD_NAMES[operationToday(operation)], 'result', result),
    problem: problem && textsToday(problem),
  };
}

/** The sealed part of an entry with the names of today. What is written today comes back as it is. */
export function bodyToday(operation: string, body: EntryBody): EntryBody {
  const names = OLD_NAMES[operationToday(operation)];
  const { input, before, plan, receipt, problem, undo } = body;
  return {
    ...body,
    input: partToday(names, 'input', input),
    before: partToday(names, 'before', before),
    plan: {
      ...textsToday(plan),
      effects: plan.effects,
      steps: plan.steps.map((step) => stepOf(operation, names, step)),
    },
    ...(receipt ? { receipt: textsToday(receipt) } : {}),
    ...(problem ? { problem: textsToday(problem) } : {}),
    ...(undo ? { undo: undoToday(undo) } : {}),
  };
}

function undoToday(undo: NonNullable<EntryBody['undo']>): NonNullable<EntryBody['undo']> {
  if ('impossible' in undo) return textsToday(undo);
  return { operation: operationToday(undo.operation), input: inputToday(undo.operation, undo.input) };
}

function stepOf(operation: string, names: OldNames | undefined, step: PlannedStep): PlannedStep {
  return {
    id: stepToday(operation, step.id),
    kind: names?.kinds?.[step.kind] ?? step.kind,
    title: textsToday(step.title),
    args: withStepIds(operation, names, partToday(names, 'args', step.args)),
  };
}

/** Every sentence inside, by its key and values of today. Lists and objects around sentences stay as they are. */
export function textsToday<T>(part: T): T {
  if (Array.isArray(part)) return part.map((item: unknown) => textsToday(item)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const { key, values, ...rest } = part as Record<string, unknown>;
  const inner = Object.fromEntries(Object.entries(rest).map(([name, value]) => [name, textsToday(value)]));
  return {
    ...(key === undefined ? {} : { key: typeof key === 'string' ? textKeyToday(key) : textsToday(key) }),
    ...(values === undefined
      ? {}
      : { values: key === undefined ? textsToday(values) : renamed(values as Fields, OLD_TEXT_VALUES) }),
    ...inner,
  } as T;
}

function textKeyToday(key: string): string {
  const [begin = '', ...rest] = key.split('.');
  const today = OLD_TEXT_BEGINNINGS[begin];
  return OLD_TEXTS[key] ?? (today === undefined ? key : [today, ...rest].join('.'));
}

function withStepIds(operation: string, names: OldNames | undefined, args: Json): Json {
  return (names?.stepIds ?? []).reduce(
    (now: Json, path) =>
      at(now, path.split('.').slice(1), (found) => (typeof found === 'string' ? stepToday(operation, found) : found)),
    args,
  );
}

function partToday(names: OldNames | undefined, part: string, value: Json): Json {
  let now = value;
  for (const [path, name] of deepestFirst(names?.fields ?? {}, part)) {
    now = at(now, path.slice(0, -1), (found) =>
      isFields(found) ? renamed(found, { [path.at(-1) ?? '']: name }) : found,
    );
  }
  for (const [path, words] of Object.entries(names?.values ?? {})) {
    const [first, ...rest] = path.split('.');
    if (first === part) now = at(now, rest, (found) => (typeof found === 'string' ? (words[found] ?? found) : found));
  }
  return now;
}

/** The paths of one part, longest first, so that no path is cut by the renaming of what leads to it. */
function deepestFirst(fields: Record<string, string>, part: string): [path: string[], name: string][] {
  return Object.entries(fields)
    .map(([path, name]): [string[], string] => [path.split('.'), name])
    .filter(([[first]]) => first === part)
    .map(([[, ...path], name]): [string[], string] => [path, name])
    .toSorted(([one], [other]) => other.length - one.length);
}

function at(value: Json, [name, ...rest]: readonly string[], change: (found: Json) => Json): Json {
  if (name === undefined) return change(value);
  if (name === '*') {
    if (Array.isArray(value)) return value.map((item) => at(item, rest, change));
    if (!isFields(value)) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, at(item, rest, change)]));
  }
  if (!isFields(value) || value[name] === undefined) return value;
  return { ...value, [name]: at(value[name], rest, change) };
}

function renamed(fields: Fields, names: Readonly<Record<string, string>>): Fields {
  return Object.fromEntries(Object.entries(fields).map(([key, value]) => [names[key] ?? key, value]));
}

function isFields(value: Json): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
