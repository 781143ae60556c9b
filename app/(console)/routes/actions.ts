'use server';

import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { askWhoAnswers } from '#lib/routes/resolve/ask.ts';
import { draftQuestion, type DraftQuestion } from '#lib/routes/editor/draft-question.ts';
import {
  changeProbe,
  deleteProbe,
  listProbes,
  newProbe,
  probeChange,
  saveProbe,
} from '#lib/routes/tests/saved-tests.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { runProbes, type ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import { store } from '#lib/store/database.ts';

const id = z.uuid().toLowerCase();

const testDraft = defineAction({
  name: 'routes.test-draft',
  scope: 'routes:read',
  unknown: 'omni',
  input: draftQuestion,
  run: async ({ input: { instanceId, chatId, personId, draft }, omni }) => {
    const answer = await askWhoAnswers(readingFresh(omni), { instanceId, chatId, personId }, draft);
    return answer.ok ? { ok: true, data: answer.value } : { ok: false, ...problemOf(answer.error) };
  },
});

const runAll = defineAction({
  name: 'probes.run',
  scope: 'routes:read',
  unknown: 'omni',
  input: z.strictObject({ instanceId: id }),
  run: async ({ input: { instanceId }, omni, session }) => {
    const fresh = readingFresh(omni);
    const instances = await listAllInstances(fresh);
    if (!instances.ok) return { ok: false, ...problemOf(instances.error) };
    const probes = await listProbes(await store(), session.server.id, [instanceId]);
    return { ok: true, data: await runProbes(fresh, probes, instances.value) };
  },
});

const keep = defineAction({
  name: 'probes.save',
  scope: 'routes:write',
  input: newProbe,
  run: async ({ input, session }) => {
    const where = { server: session.server.id, actor: session.actor };
    const made = await saveProbe(await store(), where, input, Date.now());
    return made ? { ok: true, data: { id: made } } : { ok: false, code: 'too_many_probes' };
  },
});

const change = defineAction({
  name: 'probes.change',
  scope: 'routes:write',
  input: probeChange,
  run: async ({ input, session }) => {
    const done = await changeProbe(await store(), session.server.id, input);
    return done ? { ok: true, data: undefined } : { ok: false, code: 'not_found' };
  },
});

const remove = defineAction({
  name: 'probes.delete',
  scope: 'routes:write',
  input: z.strictObject({ id }),
  run: async ({ input, session }) => {
    await deleteProbe(await store(), session.server.id, input.id);
    return { ok: true, data: undefined };
  },
});

/** Who would answer if a draft were saved. Changes nothing. */
export async function testDraftAction(input: DraftQuestion): Promise<ActionResult<ResolutionView>> {
  return testDraft(input);
}

/** Asks the probes of an instance. Changes nothing. */
export async function runProbesAction(input: { instanceId: string }): Promise<ActionResult<ProbeResult[]>> {
  return runAll(input);
}

/** Keeps a question with the agent that is expected to answer it. */
export async function saveProbeAction(input: z.input<typeof newProbe>): Promise<ActionResult<{ id: string }>> {
  return keep(input);
}

/** Changes what a probe expects and is called. */
export async function changeProbeAction(input: z.input<typeof probeChange>): Promise<ActionResult> {
  return change(input);
}

/** Deletes a probe. */
export async function deleteProbeAction(input: { id: string }): Promise<ActionResult> {
  return remove(input);
}
