import { patched, PRIMARY } from '#lib/omni/permits/key-rules.ts';
import type { Key, KeyPatch } from '#lib/omni/schemas/keys.ts';
import type { Command, Json, Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { exceeds, type Ceiling } from './ceiling.ts';
import { minuteOf } from './create-plan.ts';
import { refusalText, type Looked } from './key-reading.ts';
import { descriptionOf, keepingMarks } from './mark.ts';
import { beyond, isKnownScope, isScope } from '#lib/scopes/table.ts';
import { FIELDS, isAlready, type ChangeField, type Changes } from './key-draft.ts';

/** `was`: what the fields must be now, for taking an edit back; elsewhere they may be anything. */
export type EditInput = { id: string; changes: Changes; was?: Changes | undefined };
export type EditWorld = { looked: Looked; ceiling: Ceiling; now: number; serverUrl: string };

/** A key's fields as people see them: a description without the console's marks. */
export function visible(key: Key): Pick<Key, ChangeField> {
  return { ...key, description: descriptionOf(key) };
}

export type Diff = { field: ChangeField; from: Json; to: Json };

/** The fields that would really change. */
export function diffOf(key: Key, changes: Changes): Diff[] {
  const now = visible(key);
  return FIELDS.flatMap((field) => {
    const wanted = changes[field];
    return isAlready(field, now[field], wanted) ? [] : [{ field, from: now[field], to: wanted ?? null }];
  });
}

/** What Omni is sent: only what changes; a description keeps its marks. */
export function patchOf(key: Key, changes: Changes): KeyPatch {
  const patch = Object.fromEntries(diffOf(key, changes).map(({ field, to }) => [field, to])) as KeyPatch;
  if (patch.description === undefined) return patch;
  return { ...patch, description: keepingMarks(key.description, patch.description) };
}

function refusalFor({ changes, was }: EditInput, { looked, ceiling, now }: EditWorld): Text | undefined {
  if (!looked) return { key: 'keys.gone' };
  const { key } = looked.seen;
  const values = { name: key.name };
  if (key.status === 'revoked') return { key: 'keys.edit.revoked', values };
  const diff = diffOf(key, changes);
  if (diff.length === 0) return { key: 'keys.edit.nothing' };
  if (was && diffOf(key, was).length > 0) return { key: 'keys.edit.changed-since', values };
  const odd = (changes.scopes ?? []).filter((scope) => !isScope(scope) && !key.scopes.includes(scope));
  if (odd.length > 0) return { key: 'keys.bad-scopes', values: { scopes: odd.join(', ') } };
  if (looked.refused) return refusalText(looked.refused, key.name);
  if (key.name === PRIMARY && diff.some(({ field }) => field === 'name')) {
    return refusalText('primary_key', key.name);
  }
  const end = diff.find(({ field }) => field === 'expiresAt')?.to;
  if (typeof end === 'string' && Date.parse(end) <= now) return { key: 'keys.past' };
  return exceeds(ceiling, patched(key, patchOf(key, changes)));
}

/** What a change gives and takes, in sentences. */
function meaning(key: Key, diff: readonly Diff[]): { gains: Text[]; losses: Text[] } {
  const gains: Text[] = [];
  const losses: Text[] = [];
  for (const { field, from, to } of diff) {
    if (field === 'scopes') {
      const [old, fresh] = [key.scopes, to as string[]];
      const [gained, lost] = [beyond(fresh, old), beyond(old, fresh)];
      if (gained.length > 0) gains.push({ key: 'keys.edit.gains', values: { scopes: gained.join(', ') } });
      if (lost.length > 0) losses.push({ key: 'keys.edit.loses', values: { scopes: lost.join(', ') } });
    } else if (field === 'instanceIds') {
      const [old, fresh] = [from as string[] | null, to as string[] | null];
      const gained = old === null ? [] : fresh === null ? null : fresh.filter((id) => !old.includes(id));
      const lost = fresh === null ? [] : old === null ? null : old.filter((id) => !fresh.includes(id));
      if (gained === null) gains.push({ key: 'keys.edit.gains-all-instances' });
      else if (gained.length > 0) gains.push({ key: 'keys.edit.gains-instances', values: { count: gained.length } });
      if (lost === null) losses.push({ key: 'keys.edit.loses-instances' });
      else if (lost.length > 0) losses.push({ key: 'keys.edit.loses-some-instances', values: { count: lost.length } });
    } else if (field === 'expiresAt') {
      const later = from !== null && (to === null || Date.parse(String(to)) > Date.parse(String(from)));
      (later ? gains : losses).push({ key: later ? 'keys.edit.lasts-longer' : 'keys.edit.ends-sooner' });
    }
  }
  return { gains, losses };
}

/** What an edit comes to: what changes, what it gives, what it takes. */
export function planEdit(input: EditInput, world: EditWorld): Plan {
  const { looked, serverUrl } = world;
  const key = looked?.seen.key;
  const name = key?.name ?? input.id.slice(0, 8);
  const diff = key ? diffOf(key, input.changes) : [];
  const refusal = refusalFor(input, world);
  const { gains, losses } = key ? meaning(key, diff) : { gains: [], losses: [] };
  const unknown = (input.changes.scopes ?? []).filter((scope) => !isKnownScope(scope));
  const limited = diff.some(({ field, to }) => field === 'rateLimit' && to !== null);
  const patch = key ? patchOf(key, input.changes) : {};
  return {
    title: { key: 'keys.edit.title', values: { name } },
    effects: {
      id: input.id,
      changes: Object.fromEntries(diff.map(({ field, from, to }) => [field, { from, to }])),
      refused: looked?.refused ?? null,
    },
    steps: [
      {
        id: 'patch',
        kind: 'patch',
        title: { key: 'keys.edit.step', values: { count: diff.length } },
        args: patch as Json,
      },
    ],
    moves: diff.map(({ field, from, to }) => ({
      key: `keys.edit.change-${field}`,
      values: { from: plain(from, field), to: plain(to, field) },
    })),
    losses,
    unknowns: [],
    warnings: [
      ...gains,
      ...(unknown.length > 0
        ? [{ key: 'keys.unknown-scopes', values: { scopes: unknown.join(', '), count: unknown.length } }]
        : []),
      ...(limited ? [{ key: 'keys.rate-limit' }] : []),
      ...(losses.length > 0 ? [{ key: 'keys.cache' }] : []),
    ],
    ...(gains.length > 0 ? { typed: { text: name } } : {}),
    ...(refusal ? { refusal } : {}),
    command: commandOf(input.id, patch, serverUrl),
  };
}

function commandOf(id: string, patch: KeyPatch, serverUrl: string): Command {
  if (Object.values(patch).some((value) => value === null || (Array.isArray(value) && value.length === 0))) {
    return { curl: curlLine('PATCH', serverUrl, `/keys/${id}`, patch), note: { key: 'keys.cli-cannot' } };
  }
  return {
    omni: omniLine(['keys', 'update', id], {
      name: patch.name,
      description: patch.description ?? undefined,
      scopes: patch.scopes?.join(','),
      instances: patch.instanceIds?.join(','),
      'rate-limit': patch.rateLimit ?? undefined,
      expires: patch.expiresAt ?? undefined,
    }),
  };
}

function plain(value: Json, field: ChangeField): string {
  if (value === null) return '—';
  if (field === 'expiresAt') return minuteOf(String(value));
  return Array.isArray(value) ? value.join(', ') || '[]' : String(value);
}
