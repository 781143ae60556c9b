'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';
import { differences, type Difference } from '#lib/operations/plan/differences.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
import { useProof } from '#components/shell/proof.tsx';
import { useOperationActions, useTold, type Ran, type Shown } from './operations-context.tsx';

export type Failure = { code: string; values?: Record<string, string | number> };

/** Where a change stands on this page. `stale`: the plan is new, since the world changed after the preview; what differs. */
export type OperationState =
  | { at: 'idle' }
  | { at: 'previewing'; plan?: Plan }
  | { at: 'preview'; token: string; plan: Plan; stale: Difference[] | null }
  | { at: 'starting'; plan: Plan }
  | { at: 'running'; entryId: string; entry?: EntryView; away?: Away }
  | { at: 'ended'; entryId: string; entry: EntryView }
  | { at: 'busy'; entryId: string; who: string }
  | { at: 'problem'; problem: Failure };

/** Why nothing is known of a run just now: the line, the console's database, or the session. It goes on all the same. */
type Away = 'line' | 'store' | 'session';

export type Preview = (operation: string, input: Json) => Promise<void>;

const LIVE = new Set(['checking', 'running']);
const UNREACHABLE = { ok: false, code: 'console_unreachable' } as const;
/** What leaves open whether a run began. */
const UNANSWERED = /^(console_unreachable|unexpected|store_.*)$/;

/**
 * Preview, run and follow one change. Polls while it runs; a lost connection is said, not taken for an end. `onTold` gets
 * what an inline change shows once, before anything else happens (without it the layout does); nothing here keeps it.
 */
export function useOperation(onEnd?: (entry: EntryView, preview: Preview) => void, onTold?: (told: Json) => void) {
  const actions = useOperationActions();
  const proven = useProof();
  const [state, setState] = useState<OperationState>({ at: 'idle' });
  const [began, setBegan] = useState(false);
  const [undoing, setUndoing] = useState(false);
  const turn = useRef(0);
  const last = useRef<(() => void) | null>(null);
  const ended = useRef(onEnd);
  const elsewhere = useTold();
  const told = useRef(onTold ?? elsewhere);
  useEffect(() => {
    ended.current = onEnd;
    told.current = onTold ?? elsewhere;
  });
  useEffect(() => () => void (turn.current += 1), []);

  const shown = useCallback(async function look(ask: () => Promise<ActionResult<Shown>>): Promise<void> {
    last.current = () => void look(ask);
    const mine = (turn.current += 1);
    setState((now) => ({ at: 'previewing', plan: 'plan' in now ? now.plan : undefined }));
    const result = await ask().catch(() => UNREACHABLE);
    if (turn.current !== mine) return;
    setState(result.ok ? { at: 'preview', ...result.data, stale: null } : { at: 'problem', problem: result });
  }, []);

  const preview = useCallback(
    (operation: string, input: Json) => shown(() => actions.preview({ operation, input })),
    [actions, shown],
  );

  const follow = useCallback(
    async function watch(entryId: string) {
      const mine = (turn.current += 1);
      last.current = () => void watch(entryId);
      setState({ at: 'running', entryId });
      for (let wait = 120; turn.current === mine; wait = Math.min(wait * 1.5, 1500)) {
        const { entry, away } = await readEntry(entryId);
        if (turn.current !== mine) return;
        if (away === 'gone') return setState({ at: 'problem', problem: { code: 'no_entry' } });
        if (entry && !LIVE.has(entry.status)) {
          setState({ at: 'ended', entryId, entry });
          ended.current?.(entry, preview);
          return;
        }
        setState((now) => ({
          at: 'running',
          entryId,
          entry: entry ?? (now.at === 'running' ? now.entry : undefined),
          ...(away ? { away } : {}),
        }));
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    },
    [preview],
  );

  const taken = useCallback(
    (result: ActionResult<Ran>, agreed?: Plan) => {
      if (!result.ok) return setState({ at: 'problem', problem: result });
      const ran = result.data;
      if (ran.is === 'stale') {
        const stale = agreed ? differences(agreed, ran.plan) : [];
        return setState({ at: 'preview', token: ran.token, plan: ran.plan, stale });
      }
      if (ran.is === 'busy') return setState({ at: 'busy', entryId: ran.entryId, who: ran.who });
      if (ran.is === 'started') for (const secret of ran.told ?? []) told.current(secret);
      void follow(ran.entryId);
    },
    [follow],
  );

  /**
   * Runs what a token shows. An answer that is lost is asked for with the same token, which never runs twice; where nothing ran,
   * all is as it was `before`: whether something had begun, and what looking again looks at.
   */
  const send = useCallback(
    async function once(token: string, plan: Plan, before: { began: boolean; look: (() => void) | null }) {
      turn.current += 1;
      setBegan(true);
      setState({ at: 'starting', plan });
      const result = await proven(() => actions.run({ token }).catch(() => UNREACHABLE));
      if (!result.ok && UNANSWERED.test(result.code)) {
        last.current = () => void once(token, plan, before);
        const problem = result.code === 'console_unreachable' ? { code: 'run_unanswered' } : result;
        return setState({ at: 'problem', problem });
      }
      if (!result.ok || result.data.is === 'stale' || result.data.is === 'busy') {
        setBegan(before.began);
        last.current = before.look;
      }
      if (!result.ok && result.code === 'proof_needed') setState({ at: 'preview', token, plan, stale: null });
      else taken(result, plan);
    },
    [actions, proven, taken],
  );

  const atOnce = useCallback(
    async (asked: Promise<ActionResult<Shown>>) => {
      const result = await asked.catch(() => UNREACHABLE);
      if (!result.ok) return setState({ at: 'problem', problem: result });
      if (result.data.plan.refusal) return setState({ at: 'preview', ...result.data, stale: null });
      return send(result.data.token, result.data.plan, { began: false, look: null });
    },
    [send],
  );

  return {
    state,
    /** Something was run, or may have been: what is decided before it is closed. Nothing is known to have run without it. */
    began,
    /** What is shown now takes something back. */
    undoing,
    preview,
    previewUndo: useCallback(
      (entryId: string) => {
        setBegan(true);
        setUndoing(true);
        return shown(() => actions.previewUndo({ entryId }));
      },
      [actions, shown],
    ),
    run: useCallback((token: string, plan: Plan) => send(token, plan, { began, look: last.current }), [began, send]),
    /** What was shown, or is about to be, is of something else than what is decided now: it cannot be run. */
    outdate: useCallback(() => {
      turn.current += 1;
      setState((now) => (now.at === 'preview' ? { at: 'previewing', plan: now.plan } : now));
    }, []),
    resume: useCallback(
      async (entryId: string) => taken(await proven(() => actions.resume({ entryId }).catch(() => UNREACHABLE))),
      [actions, proven, taken],
    ),
    /** Shows a change and runs it at once: for small changes that can be taken back. */
    runNow: useCallback(
      (operation: string, input: Json) => atOnce(actions.preview({ operation, input })),
      [actions, atOnce],
    ),
    /** Takes a small change back at once. */
    undoNow: useCallback((entryId: string) => atOnce(actions.previewUndo({ entryId })), [actions, atOnce]),
    /** Shows what an entry that cannot go on would do now. */
    previewAgain: useCallback(
      (entryId: string) => {
        setUndoing(false);
        return shown(() => actions.previewAgain({ entryId }));
      },
      [actions, shown],
    ),
    /** Looks once more at what could not be shown, or at the run that could not be gone on with. */
    again: useCallback(() => (last.current ? last.current() : setState({ at: 'idle' })), []),
    /** Follows a run somebody started. */
    watch: follow,
    /** Asks a run to stop before its next step; false when that did not arrive. */
    stop: useCallback(async (entryId: string) => {
      const answer = await fetch(`/api/operations/${entryId}`, { method: 'POST' }).catch(() => null);
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
    const response = await fetch(`/api/operations/${entryId}`, { cache: 'no-store' });
    if (response.ok) return { entry: (await response.json()) as EntryView };
    if (response.status === 404) return { away: 'gone' };
    const { problem } = (await response.json()) as { problem: string };
    if (problem === 'store_down') return { away: 'store' };
    return { away: response.status === 401 ? 'session' : 'line' };
  } catch {
    return { away: 'line' };
  }
}
