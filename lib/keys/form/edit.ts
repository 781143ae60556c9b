import 'server-only';
import { z } from 'zod';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { expiresSooner, readUse } from '#lib/keys/end/cut-off.ts';
import { readPermissionUse } from '#lib/keys/record/read-permission-use.ts';
import { defineOperation } from '#lib/operations/plan/define.ts';
import { readCeiling } from './ceiling.ts';
import { diffOf, patch, planEdit, type EditKeyInput, type EditKeyFacts } from './edit-plan.ts';
import { readInstances } from './form-facts.ts';
import { readKeyForChange } from './key-reading.ts';
import { changesInput, type KeyChanges } from './key-draft.ts';

const input = z.strictObject({
  id: z.uuid().toLowerCase(),
  changes: changesInput.refine((changes) => Object.keys(changes).length > 0, 'nothing_to_change'),
  was: changesInput.optional(),
  unused: z.literal(true).optional(),
});

async function read(
  { id, changes, unused }: EditKeyInput,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<EditKeyFacts, OmniError>> {
  const [reading, { ceiling }, instances, now] = await Promise.all([
    readKeyForChange(omni, id, { is: 'patch', patch: changes }),
    readCeiling(omni, scopes),
    readInstances(omni, scopes),
    omniNow(omni),
  ]);
  if (!reading.ok) return reading;
  const key = reading.value?.seen.key;
  const callers = key && expiresSooner(changes.expiresAt, key) ? { callers: await readUse(omni, id, now) } : {};
  const facts = { reading: reading.value, ceiling, now, serverUrl: omni.server.url, instances, ...callers };
  if (!unused || !reading.value) return ok(facts);
  const use = await readPermissionUse(omni, reading.value.seen.key);
  return use.ok ? ok({ ...facts, use: use.value }) : use;
}

/** Edits a key: one PATCH with only what changes, read back. Undone by another edit while nobody else changed those fields. */
export const editKeyOperation = defineOperation<EditKeyInput, EditKeyFacts>({
  name: 'keys.edit',
  proof: true,
  scopes: ['keys:read', 'keys:write'],
  input,
  subjects: ({ id }) => [`key:${id}`],
  read,
  plan: planEdit,
  steps: { patch },
  async verify({ input: { id, changes }, omni }) {
    const now = await seeKey(omni, id);
    const held = now.ok ? diffOf(now.value.key, changes).length === 0 : null;
    return [{ text: { key: held === null ? 'keys.not-read' : 'keys.edit.checked' }, held }];
  },
  undo({ input: { id, changes }, before }) {
    const key = before.reading?.seen.key;
    if (!key) return { impossible: { key: 'keys.gone' } };
    const diff = diffOf(key, changes);
    const pick = (side: 'from' | 'to') => Object.fromEntries(diff.map((one) => [one.field, one[side]])) as KeyChanges;
    return { operation: 'keys.edit', input: { id, changes: pick('from'), was: pick('to') } };
  },
});
