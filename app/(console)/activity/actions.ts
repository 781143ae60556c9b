'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { forgetPerson } from '#lib/operations/forget.ts';
import { forgetDecisionsAbout } from '#lib/persons/decisions.ts';
import { forgetProbesOf } from '#lib/routes/probes.ts';
import { store } from '#lib/store/database.ts';

const forget = defineAction({
  name: 'journal.forget',
  scope: 'keys:write',
  input: z.strictObject({ personId: z.uuid() }),
  run: async ({ input, session }) => {
    const { server, actor, keyName, yourName } = session;
    const { forgotten, kept } = await forgetPerson(
      await store(),
      server.id,
      input.personId,
      { actor, keyName, yourName },
      Date.now(),
    );
    await forgetDecisionsAbout(await store(), server.id, input.personId);
    await forgetProbesOf(await store(), server.id, input.personId);
    return { ok: true, data: { forgotten, kept } };
  },
});

/** Takes everything personal out of the ended entries about one person. The entries stay, without what they told. */
export async function forgetPersonAction(input: {
  personId: string;
}): Promise<ActionResult<{ forgotten: number; kept: number }>> {
  return forget(input);
}
