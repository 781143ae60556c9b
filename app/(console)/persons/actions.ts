'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { decideNotSame, forgetDecision } from '#lib/persons/duplicates/decisions.ts';
import { evidenceSchema, type Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { store } from '#lib/store/database.ts';

const id = z.uuid().toLowerCase();

const decide = defineAction({
  name: 'persons.decide',
  scope: 'persons:write',
  input: z.strictObject({ pair: z.tuple([id, id]), evidence: z.array(evidenceSchema).max(10), same: z.boolean() }),
  run: async ({ input: { pair, evidence, same }, session }) => {
    const db = await store();
    const who = session.yourName ?? session.keyName;
    if (same) await forgetDecision(db, session.server.id, pair);
    else await decideNotSame(db, session.server.id, pair, evidence, who, Date.now());
    return { ok: true, data: null };
  },
});

/** Stores the decision that two people are not the same (`same: false`), or removes it. */
export async function decideAction(input: {
  pair: [string, string];
  evidence: Evidence[];
  same: boolean;
}): Promise<ActionResult<null>> {
  return decide(input);
}
