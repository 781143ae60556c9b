'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { LookupFailed, readJson } from '#components/lookups/ask.ts';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import { differences, type Difference } from '#lib/operations/plan/differences.ts';
import type { Problem } from '#lib/operations/journal/entry.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { keptPages } from '#components/shell/calls/kept-pages.ts';
import { useActor } from '#components/shell/drafts/draft.tsx';
import { useProof } from '#components/shell/proof.tsx';
import { useDelivery, useOperationActions, type RunAnswer, type ShownPlan } from './operations-context.tsx';

/** Where a change is on this page. `stale`: the plan is new, since the facts changed after the preview; what differs. */
export type OperationState =
  | { at: 'idle' }
  | { at: 'previewing'; plan?: Plan }
  | { at: 'preview'; token: string; plan: Plan; stale: Difference[] | null }
  | { at: 'starting'; plan: Plan }
  | { at: 'running'; entryId: string; entry?: EntryView; away?: Away }
  | { at: 'ended'; entryId: string; entry: EntryView }
  | { at: 'busy'; entryId: string; who: string }
  | { at: 'problem'; problem: Problem };

/** Why the page can't follow a run just now: the connection, the console's database, or the session. The run goes on. */
type Away = 'line' | 'store' | 'session';

export type ShowPreview = (operation: string, input: Json) => Promise<void>;

const LIVE = new Set(['checking', 'running']);
/** How often an entry that is not confirmed is asked for, to tell whoever is there once it is. */
const WATCHED_MS = 5000;
/** Answers that leave open whether a run began. */
const UNANSWERED = /^(console_unreachable|unexpected|store_.*)$/;

/**
 * Preview, run and follow one change. Polls while it runs; a lost connection is said, not taken for an end. `onDeliver` gets
 * what an inline change shows once, before anything else happens (without it the layout does); nothing here keeps it.
 */
export function useOperation(
  onEnd?: (entry: EntryView, preview: ShowPreview) => void,
  onDeliver?: (secret: Json) => void,
) {
  const actions = useOperationActions();
  const proven = useProof();
  const actor = useActor();
  const [state, setState] = useState<OperationState>({ at: 'idle' });
  const [began, setBegan] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const turn = useRef(0);
  const last = useRef<(() => void) | null>(null);
  const ended = useRef(onEnd);
  const layout = useDelivery();
  const deliver = useRef(onDeliver ?? layout);
  useEffect(() => {
    ended.current = onEnd;
    deliver.current = onDeliver ?? layout;
  });
  useEffect(() => () => void (turn.current += 1), []);

  const showPlan = useCallback(async function ask<I>(action: ServerAction<I, ShownPlan>, input: I): Promise<void> {
    last.current = () => void ask(action, input);
    const mine = (turn.current += 1);
    setState((now) => ({ at: 'previewing', plan: 'plan' in now ? now.plan : undefined }));
    const result = await callAction(action, input);
    if (turn.current !== mine) return;
    setState(result.ok ? { at: 'preview', ...result.data, stale: null } : { at: 'problem', problem: result });
  }, []);

  const preview = useCallback(
    (operation: string, input: Json) => showPlan(actions.preview, { operation, input }),
    [actions, showPlan],
  );

  const follow = useCallback(
    async function watch(entryId: string) {
      const mine = (turn.current += 1);
      last.current = () => void watch(entryId);
      setState({ at: 'running', entryId });
      let shown: EntryView['status'] | null = null;
      for (let wait = 120; turn.current === mine; wait = shown === null ? Math.min(wait * 1.5, 1500) : WATCHED_MS) {
        const { entry, away } = await readEntry(entryId);
        if (turn.current !== mine) return;
        if (away === 'gone' && shown !== null) return;
        if (away === 'gone') return setState({ at: 'problem', problem: { code: 'no_entry' } });
        if (entry && !LIVE.has(entry.status) && entry.status !== shown) {
          setState({ at: 'ended', entryId, entry });
          keptPages.outdate(actor);
          ended.current?.(entry, preview);
          if (entry.status !== 'unconfirmed') return;
          shown = entry.status;
        }
        if (shown === null)
          setState((now) => ({
            at: 'running',
            entryId,
            entry: entry ?? (now.at === 'running' ? now.entry : undefined),
            ...(away ? { away } : {}),
          }));
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
    [preview, actor],
  );

  const handleAnswer = useCallback(
    (result: ActionResult<RunAnswer>, agreed?: Plan) => {
      if (!result.ok) return setState({ at: 'problem', problem: result });
      const answer = result.data;
      if (answer.is === 'stale') {
        const stale = agreed ? differences(agreed, answer.plan) : [];
        return setState({ at: 'preview', token: answer.token, plan: answer.plan, stale });
      }
      if (answer.is === 'busy') return setState({ at: 'busy', entryId: answer.entryId, who: answer.who });
      if (answer.is === 'started') for (const secret of answer.delivered ?? []) deliver.current(secret);
      void follow(answer.entryId);
    },
    [follow],
  );

  /**
   * Runs what a token shows. An answer that is lost is asked for with the same token, which never runs twice; where nothing ran,
   * the state `before` is restored: whether something had begun, and what *Try again* does.
   */
  const send = useCallback(
    async function once(token: string, plan: Plan, before: { began: boolean; again: (() => void) | null }) {
      turn.current += 1;
      setBegan(true);
      setState({ at: 'starting', plan });
      const result = await proven(actions.run, { token });
      if (!result.ok && UNANSWERED.test(result.code)) {
        last.current = () => void once(token, plan, before);
        const problem = result.code === 'console_unreachable' ? { code: 'run_unanswered' } : result;
        return setState({ at: 'problem', problem });
      }
      if (!result.ok || result.data.is === 'stale' || result.data.is === 'busy') {
        setBegan(before.began);
        last.current = before.again;
      }
      if (!result.ok && result.code === 'proof_needed') setState({ at: 'preview', token, plan, stale: null });
      else handleAnswer(result, plan);
    },
    [actions, proven, handleAnswer],
  );

  const atOnce = useCallback(
    async <I>(action: ServerAction<I, ShownPlan>, input: I) => {
      const result = await callAction(action, input);
      if (!result.ok) return setState({ at: 'problem', problem: result });
      if (result.data.plan.refusal) return setState({ at: 'preview', ...result.data, stale: null });
      return send(result.data.token, result.data.plan, { began: false, again: null });
    },
    [send],
  );

  return {
    state,
    /** Something was run, or may have been: what was chosen before can't be changed any more. */
    began,
    /** What is shown now is an undo. */
    undoing,
    preview,
    previewUndo: useCallback(
      (entryId: string) => {
        setBegan(true);
        setUndoing(true);
        return showPlan(actions.previewUndo, { entryId });
      },
      [actions, showPlan],
    ),
    run: useCallback((token: string, plan: Plan) => send(token, plan, { began, again: last.current }), [began, send]),
    /** The plan shown, or about to be, is of other input than the form has now: it can't be run. */
    outdate: useCallback(() => {
      turn.current += 1;
      setState((now) => (now.at === 'preview' ? { at: 'previewing', plan: now.plan } : now));
    }, []),
    resume: useCallback(
      async (entryId: string) => handleAnswer(await proven(actions.resume, { entryId })),
      [actions, proven, handleAnswer],
    ),
    /** Shows a change and runs it at once: for small changes that can be undone. */
    runNow: useCallback(
      (operation: string, input: Json) => atOnce(actions.preview, { operation, input }),
      [actions, atOnce],
    ),
    /** Undoes a small change at once. */
    undoNow: useCallback((entryId: string) => atOnce(actions.previewUndo, { entryId }), [actions, atOnce]),
    /** Shows what an entry that can't continue would do now. */
    previewAgain: useCallback(
      (entryId: string) => {
        setUndoing(false);
        return showPlan(actions.previewAgain, { entryId });
      },
      [actions, showPlan],
    ),
    /** Repeats what could not be shown or followed. */
    again: useCallback(() => (last.current ? last.current() : setState({ at: 'idle' })), []),
    /** Follows a run somebody started. */
    watch: follow,
    /** Asks a run to stop before its next step; false when that did not arrive. */
    stop: useCallback(async (entryId: string) => {
      const answer = await consoleFetch(`/api/operations/${entryId}`, { method: 'POST' }).catch(() => null);
      return answer?.ok ?? false;
    }, []),
    reset: useCallback(() => {
      turn.current += 1;
      setState({ at: 'idle' });
    }, []),
  };
}

async function readEntry(entryId: string): Promise<{ entry?: EntryView; away?: Away | 'gone' }> {
  try {
    return { entry: await readJson<EntryView>(`/api/operations/${entryId}`) };
  } catch (error) {
    const { problem, status } = error instanceof LookupFailed ? error : { problem: '', status: null };
    if (status === 404) return { away: 'gone' };
    if (problem === 'store_down') return { away: 'store' };
    return { away: status === 401 ? 'session' : 'line' };
  }
}
