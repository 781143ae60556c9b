import { z } from 'zod';
import { isReservedName } from '#lib/omni/permits/key-rules.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { PROFILES } from './profiles.ts';
import { visibleName } from '#lib/text/visible.ts';
import { isScope } from '#lib/scopes/table.ts';

const blankToNull = (value: unknown) => (typeof value === 'string' && value.trim() === '' ? null : value);
const name = z
  .string()
  .trim()
  .refine((text) => visibleName(text) !== null, 'name_needed')
  .max(255, 'too_long')
  .refine((text) => !isReservedName(text), 'reserved_name');
const description = z.preprocess(blankToNull, z.string().trim().max(500, 'too_long').nullable());
const listOfScopes = (scope: z.ZodString) =>
  z
    .array(scope)
    .max(300)
    .transform((all) => [...new Set(all)]);
const scopes = listOfScopes(z.string()).refine((all) => all.every(isScope), 'bad_scope');
/** An edit keeps any text the key already holds; the plan refuses a new one that is no scope. */
const keptScopes = listOfScopes(z.string().min(1).max(255)).refine((all) => all.length > 0, 'scopes_needed');
const ids = z.array(z.uuid().toLowerCase()).max(500);
const texts = z.array(z.string().trim().min(1).max(255)).max(500);
const rateLimit = z.int().min(1).max(2_147_483_647).nullable();
/** With `Z` only: Omni refuses an offset (contract §5.1). */
const expiresAt = z.iso.datetime().nullable();

/** A key to be created. `scopes` hold without a profile, `profile` and its locks with one; `instanceIds: null` is all. */
export const keyDraftInput = z
  .strictObject({
    name,
    description: description.default(null),
    scopes: scopes.default([]),
    profile: z
      .enum(PROFILES.map((profile) => profile.name))
      .nullable()
      .default(null),
    instanceIds: ids.nullable(),
    instanceAllowlist: ids.default([]),
    chatAllowlist: texts.default([]),
    outboundRecipientAllowlist: texts.default([]),
    expiresAt,
    rateLimit: rateLimit.default(null),
  })
  .refine((draft) => draft.profile !== null || draft.scopes.length > 0, 'scopes_needed');

export type KeyDraft = z.infer<typeof keyDraftInput>;

/** Changes of a key (contract §5); a field that is left out isn't changed. */
export const changesInput = z.strictObject({
  name: name.optional(),
  description: description.optional(),
  scopes: keptScopes.optional(),
  instanceIds: ids.nullable().optional(),
  rateLimit: rateLimit.optional(),
  expiresAt: expiresAt.optional(),
});

export type KeyChanges = z.infer<typeof changesInput>;
export type KeyChangeField = keyof KeyChanges;
export const CHANGEABLE_FIELDS = ['name', 'description', 'scopes', 'instanceIds', 'rateLimit', 'expiresAt'] as const;

/** Whether two lists hold the same, in any order; null is not the empty list. */
export function sameList(one: readonly string[] | null, other: readonly string[] | null): boolean {
  if (one === null || other === null) return one === other;
  return one.length === other.length && one.every((each) => other.includes(each));
}

/** Whether a field of a key already has the wanted value; times by their moment, lists in any order. */
export function isAlready(
  field: KeyChangeField,
  now: Key[KeyChangeField],
  wanted: KeyChanges[KeyChangeField],
): boolean {
  if (wanted === undefined) return true;
  if (Array.isArray(now) || Array.isArray(wanted)) {
    return sameList(now as string[] | null, wanted as string[] | null);
  }
  if (field === 'expiresAt' && typeof now === 'string' && typeof wanted === 'string') {
    return Date.parse(now) === Date.parse(wanted);
  }
  return now === wanted;
}
