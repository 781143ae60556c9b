import { patched, PRIMARY } from '#lib/omni/permits/key-rules.ts';
import type { Key, KeyPatch } from '#lib/omni/schemas/keys.ts';
import type { Command, Json, Plan, Text } from '#lib/operations/plan/define.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';
import { exceeds, type Ceiling } from './ceiling.ts';
import { minuteOf } from './create-plan.ts';
import { refusalText, type KeyReading } from './key-reading.ts';
import { descriptionOf, keepingMarks } from './mark.ts';
import { scopesBeyond, isKnownScope, isScope } from '#lib/scopes/table.ts';
import { CHANGEABLE_FIELDS, isAlready, type KeyChangeField, type KeyChanges } from './key-draft.ts';

/** `was`: what the fields must be now, for undoing an edit; left out elsewhere. */
export type EditKeyInput = { id: string; changes: KeyChanges; was?: KeyChanges | undefined };
export type EditKeyFacts = { reading: KeyReading; ceiling: Ceiling; now: number; serverUrl: string };

/** A key's fields as they are shown: the description without the console's marks. */
export function visible(key: Key): Pick<Key, KeyChangeField> {
  return { ...key, description: descriptionOf(key) };
}

export type KeyFieldChange = { field: KeyChangeField; from: Json; to: Json };

/** The fields that would really change. */
export function diffOf(key: Key, changes: KeyChanges): KeyFieldChange[] {
  const now = visible(key);
  return CHANGEABLE_FIELDS.flatMap((field) => {
    const wanted = changes[field];
    return isAlready(field, now[field], wanted) ? [] : [{ field, from: now[field], to: wanted ?? null }];
  });
}

/** The body sent to Omni: only what changes; a description keeps its marks. */
export function patchOf(key: Key, changes: KeyChanges): KeyPatch {
  const patch = Object.fromEntries(diffOf(key, changes).map(({ field, to }) => [field, to])) as KeyPatch;
  if (patch.description === undefined) return patch;
  return { ...patch, description: keepingMarks(key.description, patch.description) };
}

function refusalFor({ changes, was }: EditKeyInput, { reading, ceiling, now }: EditKeyFacts): Text | undefined {
  if (!reading) return { key: 'keys.gone' };
  const { key } = reading.seen;
  const values = { name: key.name };
  if (key.status === 'revoked') return { key: 'keys.edit.revoked', values };
  const diff = diffOf(key, changes);
  if (diff.length === 0) return { key: 'keys.edit.nothing' };
  if (was && diffOf(key, was).length > 0) return { key: 'keys.edit.changed-since', values };
  const odd = (changes.scopes ?? []).filter((scope) => !isScope(scope) && !key.scopes.includes(scope));
  if (odd.length > 0) return { key: 'keys.bad-scopes', values: { scopes: odd.join(', ') } };
  if (reading.refused) return refusalText(reading.refused, key.name);
  if (key.name === PRIMARY && diff.some(({ field }) => field === 'name')) {
    return refusalText('primary_key', key.name);
  }
  const end = diff.find(({ field }) => field === 'expiresAt')?.to;
  if (typeof end === 'string' && Date.parse(end) <= now) return { key: 'keys.past' };
  return exceeds(ceiling, patched(key, patchOf(key, changes)));
}

/** What a change adds to a key and takes from it, in sentences. */
function meaning(key: Key, diff: readonly KeyFieldChange[]): { gains: Text[]; losses: Text[] } {
  const gains: Text[] = [];
  const losses: Text[] = [];
  for (const { field, from, to } of diff) {
    if (field === 'scopes') {
      const [old, fresh] = [key.scopes, to as string[]];
      const [gained, lost] = [scopesBeyond(fresh, old), scopesBeyond(old, fresh)];
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
      (later ? gains : losses).push({ key: later ? 'keys.edit.lasts-longer' : 'keys.edit.expires-sooner' });
    }
  }
  return { gains, losses };
}

/** The plan of an edit: what changes, what it adds, what it takes. Pure. */
export function planEdit(input: EditKeyInput, facts: EditKeyFacts): Plan {
  const { reading, serverUrl } = facts;
  const key = reading?.seen.key;
  const name = key?.name ?? input.id.slice(0, 8);
  const diff = key ? diffOf(key, input.changes) : [];
  const refusal = refusalFor(input, facts);
  const { gains, losses } = key ? meaning(key, diff) : { gains: [], losses: [] };
  const unknown = (input.changes.scopes ?? []).filter((scope) => !isKnownScope(scope));
  const limited = diff.some(({ field, to }) => field === 'rateLimit' && to !== null);
  const patch = key ? patchOf(key, input.changes) : {};
  return {
    title: { key: 'keys.edit.title', values: { name } },
    effects: {
      id: input.id,
      changes: Object.fromEntries(diff.map(({ field, from, to }) => [field, { from, to }])),
      refused: reading?.refused ?? null,
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

function plain(value: Json, field: KeyChangeField): string {
  if (value === null) return '—';
  if (field === 'expiresAt') return minuteOf(String(value));
  return Array.isArray(value) ? value.join(', ') || '[]' : String(value);
}
