import type { Json } from '#lib/operations/plan/define.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { type CONDITIONS, KINDS, valueProblem, type OverrideKind, type ValueProblem } from './override-kinds.ts';
import { OVERRIDES, type Override } from './overrides.ts';
import { changesIn, FIELDS, type FieldChange, type RouteField, type RouteFields } from './route-fields.ts';

/** A route's fields as they stand in the editor: numbers as typed, emoji as pairs of emoji and moment; null inherits. */
export type TypedRoute = { [key in RouteField]: Json };

/** Everything inherited: what a new route starts with. */
export const NEW_ROUTE: RouteFields = {
  ...(Object.fromEntries(FIELDS.map((field) => [field, null])) as RouteFields),
  priority: 0,
  isActive: true,
};

/** A pair of an emoji and its moment. */
export type EmojiPair = [emoji: string, moment: string];

/** A reply filter; a name to look for is a line, which may be empty while it is typed. */
export type TypedFilter = {
  mode: 'all' | 'filtered';
  conditions: Record<(typeof CONDITIONS)[number], boolean> & { namePatterns?: string[] };
};

/** A value of an override as it is typed. */
export function typedValue(field: Override, value: Json): Json {
  if (value === null) return null;
  const kind = KINDS[field];
  if (kind.is === 'number') return String(value);
  if (kind.is !== 'emoji' || typeof value !== 'object' || Array.isArray(value)) return value;
  return Object.entries(value).map(([moment, emoji]) => [String(emoji), moment]);
}

/** A route's fields as they are typed. */
export function typedRoute(fields: RouteFields): TypedRoute {
  const overrides = OVERRIDES.map((field) => [field, typedValue(field, fields[field])]);
  const label = fields.label ?? '';
  return { ...fields, label, priority: String(fields.priority ?? ''), ...Object.fromEntries(overrides) };
}

type Read = { value: Json } | { problem: ValueProblem };

/** What was typed for an override: a value, or why it is none yet. */
export function readTyped(field: Override, typed: Json): Read {
  if (typed === null) return { value: null };
  const kind = KINDS[field];
  const read = kind.is === 'emoji' ? readPairs(typed as EmojiPair[]) : { value: plainValue(kind.is, typed) };
  if ('problem' in read) return read;
  const problem = valueProblem(field, read.value);
  return problem ? { problem } : read;
}

function readPairs(typed: readonly EmojiPair[]): Read {
  const pairs = typed.map(([emoji, moment]) => [emoji.trim(), moment.trim()] as const);
  const given = pairs.filter(([emoji, moment]) => emoji || moment);
  if (given.length === 0) return { problem: 'no-emoji' };
  if (given.some(([emoji, moment]) => !emoji || !moment)) return { problem: 'half' };
  if (new Set(given.map(([, moment]) => moment)).size < given.length) return { problem: 'twice' };
  return { value: Object.fromEntries(given.map(([emoji, moment]) => [moment, emoji])) };
}

function plainValue(kind: OverrideKind['is'], typed: Json): Json {
  if (kind === 'number') return wholeNumber(typed);
  if (kind !== 'filter') return typed;
  const { mode, conditions } = typed as TypedFilter;
  const { namePatterns = [], ...rest } = conditions;
  const names = namePatterns.map((name) => name.trim()).filter(Boolean);
  return { mode, conditions: names.length > 0 ? { ...rest, namePatterns: names } : rest };
}

/** A whole number as it was typed; the text itself where it is none. */
function wholeNumber(typed: Json): Json {
  const text = String(typed).trim();
  return /^-?\d{1,12}$/.test(text) ? Number(text) : text;
}

/** What an editor holds: its values, what of the saved ones changes, and which typed ones can't be sent. */
export type ReadRoute = {
  fields: RouteFields;
  changes: FieldChange[];
  problems: Partial<Record<RouteField, ValueProblem>>;
};

/** Reads a typed route against the saved one. A field that is as it was saved is no problem, whatever Omni says of its value. */
export function readRoute(saved: RouteFields, typed: TypedRoute): ReadRoute {
  const before = typedRoute(saved);
  const problems: ReadRoute['problems'] = {};
  const fields = { ...saved };
  for (const field of OVERRIDES) {
    if (sameJson(before[field], typed[field])) continue;
    const read = readTyped(field, typed[field]);
    if ('problem' in read) problems[field] = read.problem;
    else fields[field] = read.value;
  }
  const priority = wholeNumber(typed.priority);
  if (typeof priority !== 'number') problems.priority = 'whole';
  else if (Math.abs(priority) > 2_147_483_647) problems.priority = 'most';
  else fields.priority = priority;
  fields.label = typed.label === '' ? null : typed.label;
  fields.agentId = typed.agentId;
  fields.isActive = typed.isActive === true;
  return { fields, changes: changesIn(saved, fields), problems };
}

/** What an override of one's own starts with: what it inherits, else the mildest value of its kind, as it is typed. */
export function firstTyped(field: Override, inherited: Json): Json {
  if (inherited !== null) return typedValue(field, inherited);
  const kind = KINDS[field];
  if (kind.is === 'flag') return true;
  if (kind.is === 'choice') return kind.of[0] ?? null;
  if (kind.is === 'emoji') return [['', '']];
  if (kind.is === 'filter') {
    return { mode: 'all', conditions: { onDm: true, onMention: true, onReply: true, onNameMatch: false } };
  }
  return '';
}
