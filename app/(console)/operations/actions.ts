'use server';

import { after } from 'next/server';
import { z } from 'zod';
import { AFTER_RUN, OPERATIONS } from '#app/operations.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { runnerOf } from '#lib/actions/runner.ts';
import type { RunAnswer, ShownPlan } from '#components/operations/run/operations-context.tsx';
import type { Json } from '#lib/operations/plan/define.ts';
import { preview, type Previewed } from '#lib/operations/plan/preview.ts';
import { resume, start, type Started } from '#lib/operations/run/run.ts';
import { previewAgain, undoPreview } from '#lib/operations/receipt/undo.ts';
import { jsonValue } from '#lib/omni/json.ts';

const previewRun = defineAction({
  name: 'operations.preview',
  scope: null,
  input: z.strictObject({ operation: z.string().max(80), input: jsonValue }),
  run: async ({ input, ...signed }) =>
    planOf(await preview(await runnerOf(signed, OPERATIONS), input.operation, input.input)),
});

const undoRun = defineAction({
  name: 'operations.preview-undo',
  scope: null,
  input: z.strictObject({ entryId: z.uuid() }),
  run: async ({ input, ...signed }) => planOf(await undoPreview(await runnerOf(signed, OPERATIONS), input.entryId)),
});

const againRun = defineAction({
  name: 'operations.preview-again',
  scope: null,
  input: z.strictObject({ entryId: z.uuid() }),
  run: async ({ input, ...signed }) => planOf(await previewAgain(await runnerOf(signed, OPERATIONS), input.entryId)),
});

const startRun = defineAction({
  name: 'operations.run',
  scope: null,
  input: z.strictObject({ token: z.string().max(900_000) }),
  run: async ({ input, ...signed }) =>
    answerOf(await start(await runnerOf(signed, OPERATIONS, AFTER_RUN), input.token)),
});

const resumeRun = defineAction({
  name: 'operations.resume',
  scope: null,
  input: z.strictObject({ entryId: z.uuid() }),
  run: async ({ input, ...signed }) =>
    answerOf(await resume(await runnerOf(signed, OPERATIONS, AFTER_RUN), input.entryId)),
});

/** What a change would do, and the token to run it. */
export async function previewAction(input: { operation: string; input: Json }): Promise<ActionResult<ShownPlan>> {
  return previewRun(input);
}

/** What undoing an entry would do. */
export async function previewUndoAction(input: { entryId: string }): Promise<ActionResult<ShownPlan>> {
  return undoRun(input);
}

/** What an entry that can't continue would do now. */
export async function previewAgainAction(input: { entryId: string }): Promise<ActionResult<ShownPlan>> {
  return againRun(input);
}

/** Runs what a token shows. The steps go on after the answer: a closed tab does not stop them. */
export async function runAction(input: { token: string }): Promise<ActionResult<RunAnswer>> {
  return startRun(input);
}

/** Continues an entry that did not end. */
export async function resumeAction(input: { entryId: string }): Promise<ActionResult<RunAnswer>> {
  return resumeRun(input);
}

function planOf(previewed: Previewed): ActionResult<ShownPlan> {
  return previewed.ok
    ? { ok: true, data: { token: previewed.token, plan: previewed.plan } }
    : { ok: false, ...previewed.problem };
}

async function answerOf(started: Started): Promise<ActionResult<RunAnswer>> {
  if (started.is === 'problem') return { ok: false, ...started.problem };
  if (started.is === 'started') {
    const { entryId, inline, job, delivered } = started;
    if (!inline) after(job);
    else await job;
    return { ok: true, data: { is: 'started', entryId, ...(inline ? { delivered } : {}) } };
  }
  if (started.is === 'stale') return { ok: true, data: { is: 'stale', token: started.token, plan: started.plan } };
  return { ok: true, data: started };
}
