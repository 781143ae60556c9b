'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { whoAnswers } from '#lib/routes/resolve/who-answers.ts';
import { draftQuestion, type DraftQuestion } from '#lib/routes/editor/draft-question.ts';
import {
  changeSavedTest,
  deleteSavedTest,
  newSavedTest,
  savedTestChange,
  addSavedTest,
} from '#lib/routes/tests/saved-tests.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { store } from '#lib/store/database.ts';

const id = z.uuid().toLowerCase();

const testDraft = defineAction({
  name: 'routes.test-draft',
  scope: 'routes:read',
  unknown: 'omni',
  input: draftQuestion,
  run: async ({ input: { instanceId, chatId, personId, draft }, omni, session }) => {
    const answer = await whoAnswers(readingFresh(omni), session, { instanceId, chatId, personId }, draft);
    if (!answer.ok)
      return {
        ok: false,
        ...(answer.error.kind === 'conflict' ? { code: 'route_exists' } : problemOf(answer.error)),
      };
    const { view, finish } = answer.value;
    return { ok: true, data: { ...view, verdict: await finish(), waits: false } };
  },
});

const add = defineAction({
  name: 'savedTests.save',
  scope: 'routes:write',
  input: newSavedTest,
  run: async ({ input, session }) => {
    const where = { server: session.server.id, actor: session.actor };
    const added = await addSavedTest(await store(), where, input, Date.now());
    return added ? { ok: true, data: { id: added } } : { ok: false, code: 'too_many_saved_tests' };
  },
});

const change = defineAction({
  name: 'savedTests.change',
  scope: 'routes:write',
  input: savedTestChange,
  run: async ({ input, session }) => {
    const done = await changeSavedTest(await store(), session.server.id, input);
    return done ? { ok: true, data: undefined } : { ok: false, code: 'not_found' };
  },
});

const remove = defineAction({
  name: 'savedTests.delete',
  scope: 'routes:write',
  input: z.strictObject({ id }),
  run: async ({ input, session }) => {
    await deleteSavedTest(await store(), session.server.id, input.id);
    return { ok: true, data: undefined };
  },
});

/** Who would answer if a draft were saved. Changes nothing. */
export async function testDraftAction(input: DraftQuestion): Promise<ActionResult<ResolutionView>> {
  return testDraft(input);
}

/** Saves a question with the agent that is expected to answer. */
export async function addSavedTestAction(input: z.input<typeof newSavedTest>): Promise<ActionResult<{ id: string }>> {
  return add(input);
}

/** Changes what a saved test expects, and its name. */
export async function changeSavedTestAction(input: z.input<typeof savedTestChange>): Promise<ActionResult> {
  return change(input);
}

/** Deletes a saved test. */
export async function deleteSavedTestAction(input: { id: string }): Promise<ActionResult> {
  return remove(input);
}
