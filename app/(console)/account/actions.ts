'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { prove } from '#lib/session/proof.ts';
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

/** The session's own key again, before something that gives rights away or takes them. */
export async function proveAction(input: { key: string }): Promise<ActionResult> {
  return proveRun(input);
}
