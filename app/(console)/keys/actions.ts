'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { recordShown } from '#lib/operations/journal/secrets-sent.ts';
import { store } from '#lib/store/database.ts';

const keyShownRun = defineAction({
  name: 'keys.shown',
  scope: null,
  input: z.strictObject({ keyId: z.uuid().toLowerCase() }),
  async run({ input, ...signed }): Promise<ActionResult<void>> {
    const { server, actor, actors = [] } = readerOf(signed);
    await recordShown(await store(), server, [actor, ...actors], `key:${input.keyId}`);
    return { ok: true, data: undefined };
  },
});

/** A page says that it shows the text of a key that this session created. */
export async function keyShownAction(input: { keyId: string }): Promise<ActionResult<void>> {
  return keyShownRun(input);
}
