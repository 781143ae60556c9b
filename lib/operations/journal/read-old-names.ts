import { linesToday } from '#lib/operations/effects/commands.ts';
import type { Json, Plan, PlannedStep } from '#lib/operations/plan/define.ts';
import type { EntryBody, Problem, StepRecord } from './entry.ts';
import { OLD_NAMES, OLD_PROBLEMS, type OldNames } from './old-names.ts';
import {
  OLD_CHANGES,
  OLD_TEXTS,
  OLD_TEXT_BEGINNINGS,
  OLD_TEXT_PARTS,
  OLD_TEXT_VALUES,
  OLD_WORDS,
} from './old-texts.ts';

type Fields = { [key: string]: Json };

const TODAY = new Map(
  Object.entries(OLD_NAMES).flatMap(([name, { was = [] }]) => [was].flat().map((old) => [old, name] as const)),
);

/** The name an operation has today. */
export function operationToday(name: string): string {
  return TODAY.get(name) ?? name;
}

/** All names under which entries of an operation are stored, today's first; `name` may be an old one, as in a link of before. */
export function storedNames(name: string): string[] {
  const today = operationToday(name);
  return [today, ...[OLD_NAMES[today]?.was ?? []].flat()];
}

/** An operation's input with the names of today. */
export function inputToday(operation: string, input: Json): Json {
  return partToday(OLD_NAMES[operationToday(operation)], ['input'], input);
}

/** A step of an operation's entry with the names of today. `kind` is the step's in the plan of today, where it has one. */
export function stepRecordToday(operation: string, step: StepRecord, kind?: string): StepRecord {
  const names = OLD_NAMES[operationToday(operation)];
  const { id, result, problem } = step;
  return {
    ...step,
    id: stepIdToday(names, id),
    result: result === undefined ? undefined : partToday(names, ['result', `result:${kind}`], result),
    problem: problem && problemToday(problem),
  };
}

/** The sealed part of an entry with the names of today. What is written today comes back as it is. */
export function bodyToday(operation: string, body: EntryBody): EntryBody {
  const names = OLD_NAMES[operationToday(operation)];
  const { input, before, plan, receipt, problem, undo } = body;
  return {
    ...body,
    input: partToday(names, ['input'], input),
    before: partToday(names, ['before'], before),
    plan: planToday(names, plan),
    ...(receipt ? { receipt: { checks: textsToday(receipt.checks) } } : {}),
    ...(problem ? { problem: problemToday(problem) } : {}),
    ...(undo ? { undo: undoToday(undo) } : {}),
  };
}

function planToday(names: OldNames | undefined, plan: Plan): Plan {
  const { effects, changes, steps, typed, command, ...texts } = plan;
  return {
    ...textsToday(texts),
    effects,
    ...(changes ? { changes } : {}),
    steps: steps.map((step) => plannedStepToday(names, step)),
    ...(typed ? { typed } : {}),
    command: linesToday(command, steps.length),
  };
}

function plannedStepToday(names: OldNames | undefined, step: PlannedStep): PlannedStep {
  const kind = names?.kinds?.[step.kind] ?? step.kind;
  return {
    id: stepIdToday(names, step.id),
    kind,
    title: textsToday(step.title),
    args: partToday(names, ['args', `args:${kind}`], step.args),
  };
}

function stepIdToday(names: OldNames | undefined, id: string): string {
  const chain = /^\d+\//.exec(id)?.[0] ?? '';
  const own = id.slice(chain.length);
  const [was, is] = Object.entries(names?.steps ?? {}).find(([old]) => own.startsWith(old)) ?? [];
  return was === undefined || is === undefined ? id : chain + is + own.slice(was.length);
}

function undoToday(undo: NonNullable<EntryBody['undo']>): NonNullable<EntryBody['undo']> {
  if ('impossible' in undo) return textsToday(undo);
  return { operation: operationToday(undo.operation), input: inputToday(undo.operation, undo.input) };
}

function problemToday({ code, why, ...rest }: Problem): Problem {
  return { ...rest, code: OLD_PROBLEMS[code] ?? code, ...(why ? { why: textsToday(why) } : {}) };
}

/** Every sentence inside, by its key and values of today. Lists and objects around sentences stay as they are. */
export function textsToday<T>(part: T): T {
  if (Array.isArray(part)) return part.map((item: unknown) => textsToday(item)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const { key, values, ...rest } = part as Record<string, unknown>;
  if (typeof key === 'string') return { ...textToday(key, values as Fields | undefined), ...rest } as T;
  return Object.fromEntries(Object.entries(part).map(([name, value]) => [name, textsToday(value)])) as T;
}

function textToday(key: string, values: Fields | undefined): { key: string; values?: Fields } {
  const change = changeToday(key, values) ?? mergedFieldToday(key, values);
  if (change) return change;
  const today = textKeyToday(key);
  const { values: names = {}, words = {} } = OLD_TEXT_PARTS[today] ?? {};
  if (!values && !today.startsWith('effect.')) return { key: today };
  const named = renamed(renamed(values ?? {}, OLD_TEXT_VALUES), names);
  const said = Object.entries(named).map(([name, value]) => [
    name,
    typeof value === 'string' ? (words[name]?.[value] ?? value) : value,
  ]);
  const all: Fields = Object.fromEntries(said);
  if (!today.startsWith('effect.') || named.tense !== undefined) return { key: today, values: all };
  const { from = 'nobody', to = 'nobody' } = all;
  return { key: today, values: { ...all, from: wordToday(from), to: wordToday(to), tense: 'past' } };
}

function wordToday(value: Json): Json {
  const word = typeof value === 'string' ? OLD_WORDS[value] : undefined;
  return word === undefined ? value : { is: 'word', word };
}

/** A field that a merge kept or not, which had a sentence for each field: `merge.lost-primaryPhone`. */
function mergedFieldToday(key: string, values: Fields | undefined): { key: string; values: Fields } | null {
  const [, what, name] =
    /^merge\.(moves-field|lost)-(displayName|primaryPhone|primaryEmail|avatarUrl|metadata)$/.exec(key) ?? [];
  if (!name) return null;
  const field = { is: 'field', field: `person.${name}` };
  if (what === 'moves-field') return { key: 'merge.moves-field', values: { field } };
  return { key: 'effect.field-not-kept', values: { field, from: values?.value ?? '', to: '', tense: 'past' } };
}

/** A field's change, which had a sentence for each field: `edit.change-primaryPhone`. Words for values stood for themselves. */
function changeToday(key: string, values: Fields | undefined): { key: string; values: Fields } | null {
  const [, room = '', field = ''] = /^(edit|route|keys\.edit)\.change-(\w+)$/.exec(key) ?? [];
  const of = OLD_CHANGES[room];
  if (!of) return null;
  const { from = null, to = null } = values ?? {};
  return {
    key: 'effect.set',
    values: {
      from: wordToday(from),
      to: wordToday(to),
      field: { is: 'field', field: `${of}.${field}` },
      tense: 'past',
    },
  };
}

function textKeyToday(key: string): string {
  const [begin = '', ...rest] = key.split('.');
  const today = OLD_TEXT_BEGINNINGS[begin];
  const named = today === undefined ? key : [today, ...rest].join('.');
  return OLD_TEXTS[key] ?? OLD_TEXTS[named] ?? named;
}

/** `parts`: what a path may begin with to lead into this value. */
function partToday(names: OldNames | undefined, parts: readonly string[], value: Json): Json {
  if (!names) return value;
  let now = value;
  for (const [path, name] of deepestFirst(names.fields ?? {}, parts)) {
    now = at(now, path.slice(0, -1), (found) =>
      isFields(found) ? renamed(found, { [path.at(-1) ?? '']: name }) : found,
    );
  }
  const inside = (path: string): string[] | null => {
    const [first = '', ...rest] = path.split('.');
    return parts.includes(first) ? rest : null;
  };
  for (const [path, words] of Object.entries(names.values ?? {})) {
    const rest = inside(path);
    if (rest) now = at(now, rest, (found) => (typeof found === 'string' ? (words[found] ?? found) : found));
  }
  for (const path of names.stepIds ?? []) {
    const rest = inside(path);
    if (rest) now = at(now, rest, (found) => (typeof found === 'string' ? stepIdToday(names, found) : found));
  }
  for (const path of names.seen ?? []) {
    const rest = inside(path);
    if (rest) now = at(now, rest, seenToday);
  }
  return now;
}

/** What was read before `Seen`: the value itself, or which scope it needs and whether it failed all the same. */
function seenToday(part: Json): Json {
  if (!isFields(part)) return { is: 'value', value: part };
  if (typeof part.is === 'string') return part;
  if (typeof part.unseen !== 'string') return { is: 'value', value: part };
  if (!part.failed) return { is: 'forbidden', scope: part.unseen };
  return { is: 'failed', problem: { code: 'unexpected', values: {} } };
}

/** The paths of one part, longest first, so that no path is cut by the renaming of what leads to it. */
function deepestFirst(fields: Record<string, string>, parts: readonly string[]): [path: string[], name: string][] {
  return Object.entries(fields)
    .map(([path, name]): [string[], string] => [path.split('.'), name])
    .filter(([[first = '']]) => parts.includes(first))
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
