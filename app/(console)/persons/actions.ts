'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { decideNotSame, forgetDecision } from '#lib/persons/duplicates/decisions.ts';
import { evidenceSchema, type Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';
import { steerWalk } from '#lib/persons/people-index/directory.ts';
import { evidenceOfFields } from '#lib/persons/duplicates/likely.ts';
import { getPerson } from '#lib/omni/resources/persons.ts';
import { store } from '#lib/store/database.ts';
import { pageReader } from './people-reader.ts';

const id = z.uuid().toLowerCase();

const decide = defineAction({
  name: 'persons.decide',
  scope: 'persons:write',
  input: z.strictObject({ pair: z.tuple([id, id]), evidence: z.array(evidenceSchema).max(10), same: z.boolean() }),
  run: async ({ input: { pair, evidence, same }, session, omni }) => {
    const db = await store();
    const who = session.yourName ?? session.keyName;
    if (same) {
      await forgetDecision(db, session.server.id, pair);
      return { ok: true, data: null };
    }
    const [one, other] = await Promise.all(pair.map((each) => getPerson(omni, each)));
    const fields = one?.ok && other?.ok ? evidenceOfFields(one.value, other.value) : null;
    await decideNotSame(db, session.server.id, pair, { evidence, fields }, who, Date.now());
    return { ok: true, data: null };
  },
});

const steer = defineAction({
  name: 'persons.directory',
  scope: 'persons:read',
  unknown: 'omni',
  input: z.strictObject({ to: z.enum(['stop', 'go-on']) }),
  run: async ({ input: { to } }) => {
    const reader = await pageReader();
    if (reader) steerWalk(reader, to);
    return { ok: true, data: null };
  },
});

/** Stops the reading of the directory, or lets it go on. */
export async function steerAction(input: { to: 'stop' | 'go-on' }): Promise<ActionResult<null>> {
  return steer(input);
}

/** Stores the decision that two people are not the same (`same: false`), or removes it. */
export async function decideAction(input: {
  pair: [string, string];
  evidence: Evidence[];
  same: boolean;
}): Promise<ActionResult<null>> {
  return decide(input);
}
