import 'server-only';
import { patched, PRIMARY } from '#lib/omni/permits/key-rules.ts';
import { patchKey } from '#lib/omni/resources/keys.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { err, ok } from '#lib/omni/result.ts';
import { keyPatch, type Key, type KeyPatch } from '#lib/omni/schemas/keys.ts';
import { thing } from '#lib/operations/effects/value.ts';
import { step, type EffectPlan, type Text } from '#lib/operations/plan/define.ts';
import { cutOffBy } from '#lib/keys/end/cut-off.ts';
import { expiryPassed } from '#lib/keys/end/expiry-ahead.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import { notSeenAmong, type Seen } from '#lib/omni/seen.ts';
import { exceeds, uncheckedOf, type Ceiling } from './ceiling.ts';
import { namesOf, unnamedInstances, type NamedInstance } from './form-facts.ts';
import { changeOf, patchLine, type KeyFieldChange } from './key-effects.ts';
import { lookedAt, neededAmong, type PermissionUse } from '#lib/keys/record/permission-use.ts';
import type { KeyReading } from './key-reading.ts';
import { refusalText } from './refusal-text.ts';
import { descriptionOf, keepingMarks } from './mark.ts';
import { isKnownScope, isScope, shownScope } from '#lib/scopes/table.ts';
import { CHANGEABLE_FIELDS, isAlready, type KeyChangeField, type KeyChanges } from './key-draft.ts';

/**
 * `was`: what the fields must be now, for undoing an edit; left out elsewhere. `unused`: only permissions that no request needed may
 * go.
 */
export type EditKeyInput = {
  id: string;
  changes: KeyChanges;
  was?: KeyChanges | undefined;
  unused?: true | undefined;
};
export type EditKeyFacts = {
  reading: KeyReading;
  ceiling: Ceiling;
  now: number;
  serverUrl: string;
  instances: Seen<NamedInstance[]>;
  /** Read where only what no request needed may go. */
  use?: PermissionUse;
  /** Read where the key would expire sooner; entries of before lack it. */
  callers?: Seen<KeyUse>;
};

const NOBODY_CUT_OFF = { effects: [], notes: [] };

/** A key's fields as they are shown: the description without the console's marks. */
export function visible(key: Key): Pick<Key, KeyChangeField> {
  return { ...key, description: descriptionOf(key) };
}

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

function refusalFor({ changes, was }: EditKeyInput, { reading, ceiling, now, use }: EditKeyFacts): Text | undefined {
  if (!reading) return { key: 'keys.gone' };
  const { key } = reading.seen;
  const values = { name: key.name };
  if (key.status === 'revoked') return { key: 'keys.edit.revoked', values };
  const diff = diffOf(key, changes);
  if (diff.length === 0) return { key: 'keys.edit.nothing' };
  if (was && diffOf(key, was).length > 0) return { key: 'keys.edit.changed-since', values };
  const needed = use ? neededAmong(key.scopes, changes.scopes ?? key.scopes, use) : [];
  if (needed.length > 0)
    return { key: 'keys.edit.needed', values: { scopes: needed.join(', '), count: needed.length } };
  const odd = (changes.scopes ?? []).filter((scope) => !isScope(scope) && !key.scopes.includes(scope));
  if (odd.length > 0) return { key: 'keys.bad-scopes', values: { scopes: odd.map(shownScope).join(', ') } };
  if (reading.refused) return refusalText(reading.refused, key.name);
  if (key.name === PRIMARY && diff.some(({ field }) => field === 'name')) {
    return refusalText('primary_key', key.name);
  }
  const end = diff.find(({ field }) => field === 'expiresAt')?.to;
  if (typeof end === 'string' && Date.parse(end) <= now) return { key: 'keys.past' };
  return exceeds(ceiling, patched(key, patchOf(key, changes)));
}

/** The instances that the lines of an edit name. */
function shownInstances(diff: KeyFieldChange[]): string[] {
  const change = diff.find(({ field }) => field === 'instanceIds');
  return [change?.from, change?.to].flatMap((ids) => (Array.isArray(ids) ? ids.map(String) : []));
}

/** The plan of an edit. Pure. */
export function planEdit(input: EditKeyInput, facts: EditKeyFacts): EffectPlan {
  const { reading } = facts;
  const key = reading?.seen.key;
  const name = key?.name ?? input.id.slice(0, 8);
  const diff = key ? diffOf(key, input.changes) : [];
  const refusal = refusalFor(input, facts);
  const names = namesOf(facts.instances);
  const cutOff =
    key && facts.callers ? cutOffBy(input.changes.expiresAt ?? null, key, facts.callers, facts.now) : NOBODY_CUT_OFF;
  const effects = [
    ...diff.flatMap((change) => changeOf(change, thing('key', input.id, name), names)),
    ...cutOff.effects,
  ];
  const unknown = (input.changes.scopes ?? []).filter((scope) => !isKnownScope(scope));
  const limited = diff.some(({ field, to }) => field === 'rateLimit' && to !== null);
  const narrower = diff.some(({ field }) => ['scopes', 'instanceIds', 'expiresAt'].includes(field));
  return {
    title: { key: 'keys.edit.title', values: { name } },
    effects,
    relies: {
      id: input.id,
      changes: Object.fromEntries(diff.map(({ field, from, to }) => [field, { from, to }])),
      refused: reading?.refused,
      notSeen: notSeenAmong([facts.ceiling.instances, facts.instances]),
    },
    steps: key
      ? [patch.planned('patch', { key: 'keys.edit.step', values: { count: diff.length } }, patchOf(key, input.changes))]
      : [],
    notes: [
      ...(facts.use ? lookedAt(facts.use) : []),
      ...(unknown.length > 0
        ? [
            {
              key: 'keys.unknown-scopes',
              values: { scopes: unknown.map(shownScope).join(', '), count: unknown.length },
            },
          ]
        : []),
      ...(limited ? [{ key: 'keys.rate-limit' }] : []),
      ...cutOff.notes,
      ...(narrower ? [{ key: 'keys.cache' }] : []),
      ...(key && !refusal ? uncheckedOf(facts.ceiling, patched(key, patchOf(key, input.changes))) : []),
      ...unnamedInstances(facts.instances, shownInstances(diff)),
    ],
    ...(refusal ? { refusal } : {}),
    verb: 'save',
  };
}

/** One PATCH with only what changes. */
export const patch = step<EditKeyInput, EditKeyFacts, KeyPatch>({
  kind: 'patch',
  args: keyPatch,
  run: async ({ input: { id }, args, omni }) => {
    const passed = await expiryPassed(omni, args.expiresAt);
    if (passed) return err(passed);
    const done = await patchKey(omni, id, args);
    return done.ok ? ok(undefined) : done;
  },
  done: async ({ input: { id, changes }, omni }) => {
    const now = await seeKey(omni, id);
    if (now.ok) return { is: diffOf(now.value.key, changes).length === 0 ? 'yes' : 'no' };
    return now.error.kind === 'not_found' ? { is: 'stuck', why: { key: 'keys.gone' } } : { is: 'unknown' };
  },
  command: ({ input: { id }, before, args }) => patchLine(before.serverUrl, id, args),
});
