import 'server-only';
import { z } from 'zod';
import { omniNow } from '#lib/omni/resources/health.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { createKey, revokeKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { KEYS_LIMIT } from '#lib/omni/schemas/keys.ts';
import { mapSeen, type Seen } from '#lib/omni/seen.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { defineOperation, step, type Json } from '#lib/operations/plan/define.ts';
import { fold } from '#lib/text/fold.ts';
import { readCeiling } from './ceiling.ts';
import { bodyOf, createLine, planCreate, scopesOf, type CreateKeyFacts } from './create-plan.ts';
import { expiryPassed } from '#lib/keys/end/expiry-ahead.ts';
import { doneByMark, doubledKeys } from './find-created.ts';
import { readInstances } from './form-facts.ts';
import { marked } from './mark.ts';
import { sameList, keyDraftInput, type KeyDraft } from './key-draft.ts';

/** Marks of entries whose secret was handed to the caller in this process; a process that died delivered none. */
const delivered = new Set<string>();

async function read(
  draft: KeyDraft,
  omni: Omni,
  scopes: readonly string[] | null,
): Promise<Result<CreateKeyFacts, OmniError>> {
  const [{ ceiling, listed }, instances, now] = await Promise.all([
    readCeiling(omni, scopes),
    readInstances(omni, scopes),
    omniNow(omni),
  ]);
  const sameName = sameNameAmong(listed, draft.name);
  return ok({ ceiling, sameName, now, serverUrl: omni.server.url, instances });
}

/** How many active keys have a name; what Omni does not list may have it, too. */
function sameNameAmong(listed: Seen<SeenKey[]>, name: string): Seen<number> {
  const found = mapSeen(listed, (keys) => keys.filter(({ key }) => fold(key.name) === fold(name)).length);
  const hidden = listed.is === 'value' && listed.value.length >= KEYS_LIMIT;
  return found.is === 'value' && found.value === 0 && hidden ? { is: 'beyond', limit: KEYS_LIMIT } : found;
}

/** The id of the key that was created. */
function idOf(results: Readonly<Record<string, Json | undefined>>): string {
  const { create } = results;
  return typeof create === 'object' && create !== null && 'id' in create ? String(create.id) : '';
}

const create = step<KeyDraft, CreateKeyFacts, null>({
  kind: 'create',
  args: z.null(),
  creates: true,
  run: async ({ input, omni, mark, deliver }) => {
    const passed = await expiryPassed(omni, input.expiresAt);
    if (passed) return err(passed);
    const created = await createKey(omni, { ...bodyOf(input), description: marked(input.description, mark) });
    if (!created.ok) return created;
    const { id, name, plainTextKey } = created.value;
    delivered.add(mark);
    await deliver(
      { secret: plainTextKey, keyId: id, name, serverUrl: omni.server.url },
      { subject: `key:${id}`, label: name },
    );
    return ok({ id });
  },
  done: ({ omni, mark, before }) => doneByMark(omni, mark, before.now, ({ id }) => ({ id })),
  command: ({ input, before }) => createLine(input, before.serverUrl),
});

/** Only where its text reached nobody: no line of a terminal is needed for that. */
const revokeUndelivered = step<KeyDraft, CreateKeyFacts, null>({
  kind: 'revoke-undelivered',
  args: z.null(),
  run: async ({ omni, mark, results }) => {
    if (delivered.has(mark)) return ok({ delivered: true });
    const ended = await revokeKey(omni, idOf(results), { reason: 'It could not be shown' });
    return ended.ok ? ok({ delivered: false }) : ended;
  },
  done: async ({ omni, mark, results }) => {
    if (delivered.has(mark)) return { is: 'yes', result: { delivered: true } };
    const now = await seeKey(omni, idOf(results));
    if (!now.ok) return { is: 'unknown' };
    return now.value.key.status === 'revoked' ? { is: 'yes', result: { delivered: false } } : { is: 'no' };
  },
  command: () => '',
});

/**
 * Creates a key. Its text goes to the caller and nowhere else; where it was not delivered (Omni's answer was lost, the console
 * died), the key is found by its mark and revoked, since nobody could ever use it.
 */
export const createKeyOperation = defineOperation<KeyDraft, CreateKeyFacts>({
  name: 'keys.create',
  proof: true,
  scopes: ['keys:write'],
  mode: 'inline',
  input: keyDraftInput,
  subjects: ({ name }) => [`key-name:${fold(name)}`],
  read,
  plan: (draft, facts) => ({
    ...planCreate(draft, facts),
    steps: [
      create.planned('create', { key: 'keys.create.step-create', values: { name: draft.name } }, null),
      revokeUndelivered.planned('revoke-undelivered', { key: 'keys.create.step-revoke-undelivered' }, null),
    ],
  }),
  steps: { create, 'revoke-undelivered': revokeUndelivered },
  async verify({ input, omni, mark, results }) {
    const here = delivered.delete(mark);
    const doubled = await doubledKeys(omni, mark, idOf(results));
    const { 'revoke-undelivered': outcome } = results;
    if (typeof outcome === 'object' && outcome !== null && 'delivered' in outcome && outcome.delivered === false) {
      return [{ text: { key: 'keys.create.undelivered', values: { id: idOf(results) } }, held: false }, ...doubled];
    }
    const now = await seeKey(omni, idOf(results));
    if (!now.ok) return [...doubled, { text: { key: 'keys.not-read' }, held: null }];
    const { key } = now.value;
    const permitted = input.profile === null ? sameList(key.scopes, scopesOf(input)) : key.profile === input.profile;
    const expiresAt = key.expiresAt === null ? null : Date.parse(key.expiresAt);
    return [
      ...doubled,
      ...(here ? [] : [{ text: { key: 'keys.create.maybe-undelivered' }, held: null }]),
      {
        text: { key: 'keys.create.checked-permissions' },
        held: permitted && sameList(key.instanceIds, input.instanceIds),
      },
      {
        text: { key: 'keys.create.checked-expiry' },
        held: expiresAt === (input.expiresAt === null ? null : Date.parse(input.expiresAt)),
      },
    ];
  },
  undo: ({ results }) => ({
    operation: 'keys.revoke',
    input: { id: idOf(results), reason: 'Creation undone' },
  }),
});
