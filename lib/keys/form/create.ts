import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { createKey, revokeKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey } from '#lib/omni/resources/own-key.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { defineOperation, type Done, type Json } from '#lib/operations/plan/define.ts';
import { fold } from '#lib/text/fold.ts';
import { readCeiling } from './ceiling.ts';
import { bodyOf, planCreate, scopesOf, type CreateWorld } from './create-plan.ts';
import { endPassed } from '#lib/keys/end/end-ahead.ts';
import { findMinted } from '#lib/keys/rotate/find-created.ts';
import { marked } from './mark.ts';
import { sameList, wishInput, type Wish } from './key-draft.ts';

/** Entries whose secret went to the caller in this process; a process that died told nobody. */
const told = new Set<string>();

async function read(wish: Wish, omni: Omni, scopes: readonly string[] | null): Promise<Result<CreateWorld, OmniError>> {
  const { ceiling, listed } = await readCeiling(omni, scopes);
  const sameName = listed?.filter(({ key }) => fold(key.name) === fold(wish.name)).length ?? 0;
  return ok({ ceiling, sameName, now: Date.now(), serverUrl: omni.server.url });
}

/** Looks for the key of an entry by its mark; where neither list nor record can have it all, nothing can be said. */
async function findMade(omni: Omni, mark: string, since: number): Promise<Done> {
  const found = await findMinted(omni, mark, since);
  if (!found.ok || found.value === 'unfindable') return { is: 'unknown' };
  return found.value === 'not_made' ? { is: 'no' } : { is: 'yes', result: { id: found.value.id } };
}

/** The id of the key that was made. */
function idOf(results: Readonly<Record<string, Json | undefined>>): string {
  const { make } = results;
  return typeof make === 'object' && make !== null && 'id' in make ? String(make.id) : '';
}

/**
 * Make a key. Its text goes to the caller and nowhere else; where it did not arrive (the answer was lost, the console
 * died), the key is recognised by its mark and revoked, since nobody could ever use it.
 */
export const createKeyOperation = defineOperation<Wish, CreateWorld>({
  name: 'keys.create',
  proof: true,
  scopes: ['keys:write'],
  mode: 'inline',
  input: wishInput,
  subjects: ({ name }) => [`key-name:${fold(name)}`],
  read,
  plan: planCreate,
  steps: {
    make: {
      run: async ({ input, omni, mark, deliver }) => {
        const passed = await endPassed(omni, input.expiresAt);
        if (passed) return err(passed);
        const body = bodyOf(input);
        const made = await createKey(omni, { ...body, description: marked(input.description, mark) });
        if (!made.ok) return made;
        const { id, name, plainTextKey } = made.value;
        deliver({ secret: plainTextKey, keyId: id, name, serverUrl: omni.server.url });
        told.add(mark);
        return ok({ id });
      },
      done: ({ omni, mark, before }) => findMade(omni, mark, before.now - 60_000),
    },
    unseen: {
      run: async ({ omni, mark, results }) => {
        if (told.has(mark)) return ok({ told: true });
        const ended = await revokeKey(omni, idOf(results), { reason: 'Its text was never shown to anybody' });
        return ended.ok ? ok({ told: false }) : ended;
      },
      done: async ({ omni, mark, results }) => {
        if (told.has(mark)) return { is: 'yes', result: { told: true } };
        const now = await seeKey(omni, idOf(results));
        if (!now.ok) return { is: 'unknown' };
        return now.value.key.status === 'revoked' ? { is: 'yes', result: { told: false } } : { is: 'no' };
      },
    },
  },
  async verify({ input, omni, mark, results }) {
    const here = told.delete(mark);
    const { unseen } = results;
    if (typeof unseen === 'object' && unseen !== null && 'told' in unseen && unseen.told === false) {
      return [{ text: { key: 'keys.create.never-shown', values: { id: idOf(results) } }, held: false }];
    }
    const now = await seeKey(omni, idOf(results));
    if (!now.ok) return [{ text: { key: 'keys.unseen' }, held: null }];
    const { key } = now.value;
    const rights = input.profile === null ? sameList(key.scopes, scopesOf(input)) : key.profile === input.profile;
    const end = key.expiresAt === null ? null : Date.parse(key.expiresAt);
    return [
      ...(here ? [] : [{ text: { key: 'keys.create.perhaps-unseen' }, held: null }]),
      { text: { key: 'keys.create.checked-rights' }, held: rights && sameList(key.instanceIds, input.instanceIds) },
      {
        text: { key: 'keys.create.checked-end' },
        held: end === (input.expiresAt === null ? null : Date.parse(input.expiresAt)),
      },
    ];
  },
  undo: ({ results }) => ({
    operation: 'keys.revoke',
    input: { id: idOf(results), reason: 'Taken back after it was made' },
  }),
});
