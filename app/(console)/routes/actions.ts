'use server';

import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { readingFresh } from '#lib/omni/read.ts';
import { askWhoAnswers } from '#lib/routes/ask.ts';
import { draftQuestion, type DraftQuestion } from '#lib/routes/draft-question.ts';
import type { ResolutionView } from '#lib/routes/resolution-view.ts';

const testDraft = defineAction({
  name: 'routes.test-draft',
  scope: 'routes:read',
  input: draftQuestion,
  run: async ({ input: { instanceId, chatId, personId, draft }, omni }) => {
    const answer = await askWhoAnswers(readingFresh(omni), { instanceId, chatId, personId }, draft);
    return answer.ok ? { ok: true, data: answer.value } : { ok: false, ...problemOf(answer.error) };
  },
});

/** Who would answer if a draft were saved. Changes nothing. */
export async function testDraftAction(input: DraftQuestion): Promise<ActionResult<ResolutionView>> {
  return testDraft(input);
}
