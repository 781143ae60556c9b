'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { evidenceOf, type EvidenceFile } from '#lib/keys/leak/evidence.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';

const evidenceRun = defineAction({
  name: 'keys.evidence',
  scope: 'keys:read',
  unknown: 'omni',
  input: z.strictObject({ id: z.uuid().toLowerCase(), since: z.iso.datetime() }),
  async run({ input, session, omni }): Promise<ActionResult<EvidenceFile>> {
    const who = session.yourName ?? session.keyName;
    const made = await evidenceOf(readingFresh(omni), { ...input, who });
    return made.ok ? { ok: true, data: made.value } : { ok: false, ...problemOf(made.error) };
  },
});

/** A file of what was done with a key since a moment. */
export async function evidenceAction(input: unknown): Promise<ActionResult<EvidenceFile>> {
  return evidenceRun(input);
}
