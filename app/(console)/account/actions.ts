'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { prove } from '#lib/session/sign-in/proof.ts';
import { endSession, readSessionRow } from '#lib/session/sessions.ts';
import { store } from '#lib/store/database.ts';

const proveRun = defineAction({
  name: 'session.prove',
  scope: null,
  input: z.strictObject({ key: z.string().max(1000) }),
  run: async ({ input, session, credential }) => {
    const answer = await prove(await store(), { session, credential }, input.key);
    return answer === 'proved' ? { ok: true, data: undefined } : { ok: false, code: answer };
  },
});

const checkRun = defineAction({
  name: 'session.check-proof',
  scope: null,
  proof: true,
  input: z.undefined(),
  run: async () => ({ ok: true, data: undefined }),
});

const endRun = defineAction({
  name: 'session.end',
  scope: null,
  input: z.strictObject({ sid: z.uuid() }),
  run: async ({ input, credential }) => {
    const db = await store();
    const row = await readSessionRow(db, input.sid);
    if (row && actorsOf(credential).includes(row.actor)) await endSession(db, row.id, 'signed_out', Date.now());
    return { ok: true, data: undefined };
  },
});

/** Checks the session's own key again, before keys are created, changed or revoked. */
export async function proveAction(input: { key: string }): Promise<ActionResult> {
  return proveRun(input);
}

/** Whether the key was typed recently; answers `proof_needed` when not. */
export async function checkProofAction(): Promise<ActionResult> {
  return checkRun(undefined);
}

/** Ends another session of the same key. A missing session, or one of another key, is ignored. */
export async function endSessionAction(input: { sid: string }): Promise<ActionResult> {
  return endRun(input);
}
