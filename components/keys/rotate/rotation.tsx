'use client';

import { useCallback, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { readJson } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import { readPageAgain } from '#components/shell/calls/page-reading.ts';
import type { Locked } from '#components/ui/locked/locked.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { FINAL_STATES, type RotationState } from '#lib/keys/rotate/rotation-state.ts';
import { CancelDialog } from './cancel-rotation.tsx';
import { NewKeyPart } from './new-key-part.tsx';
import { OldKeyPart } from './old-key-part.tsx';
import { Part, Parts, type PartState, type RotationActions } from './part.tsx';
import { KeyLine, NewKeyChecks, Outcome } from './rotation-outcome.tsx';
import { SwitchPart } from './switch-part.tsx';

/** How many parts a rotation has behind it in each state. */
const REACHED: Record<RotationState, number> = {
  'not-created': 0,
  creating: 0,
  stopped: 0,
  unfindable: 0,
  unstored: 0,
  stored: 1,
  overlap: 1,
  expired: 2,
  done: 3,
  cancelled: 1,
  broken: 1,
  unknown: 1,
};
/** Whether the old key is still in use decides what comes next. */
const ASKED_USE: readonly RotationState[] = ['unstored', 'stored', 'overlap'];
const ABANDONED: readonly RotationState[] = ['not-created', 'cancelled', 'broken'];

function partStates({ state, quiet, row: { closedAs } }: RotationProgress): [PartState, PartState, PartState] {
  const reached = state === 'overlap' && quiet === true ? 2 : REACHED[state];
  const over = ABANDONED.includes(state) || (closedAs !== null && state !== 'done');
  const at = (index: number): PartState => {
    if (index < reached) return 'done';
    if (over) return 'over';
    return index === reached ? 'current' : 'open';
  };
  return [at(0), at(1), at(2)];
}

type Props = {
  first: RotationProgress;
  others: readonly string[];
  zone: string;
  /** Why nothing can be changed here. */
  locked: Locked | undefined;
  actions: RotationActions;
};

/** A rotation in progress: its three parts, and how it ended. Can be left and opened again at any time. */
export function Rotation({ first, others, zone, locked, actions }: Props) {
  const t = useTranslations('rotation');
  const { progress, stale, over, refresh, nowByOmni } = useProgress(first, actions.reconcile);
  const { row, old, fresh, use, newUse, quiet, quietSince, now } = progress;
  const { id } = row;
  const [newKey, switched, oldKey] = partStates(progress);
  const changed = async () => {
    await refresh();
    readPageAgain();
  };
  const asksUse = !over && ASKED_USE.includes(progress.state);
  const parts = { progress, zone, locked, actions, nowByOmni, changed };
  return (
    <div className="space-y-4">
      <section aria-label={t('parts')} className="max-w-[1120px] space-y-4">
        {stale ? (
          <Notice tone="warn" role="status">
            {t('stale')}
          </Notice>
        ) : null}
        <Outcome progress={progress} zone={zone} />
        <Parts>
          <Part
            name="new-key"
            state={newKey}
            aside={
              row.newKeyId && fresh ? (
                <KeyLine id={row.newKeyId} prefix={row.newPrefix} of={fresh} now={now} zone={zone} />
              ) : null
            }
          >
            {row.newKeyId === null && over ? null : <NewKeyPart {...parts} />}
            <NewKeyChecks checks={progress.checks} />
          </Part>
          {row.newKeyId === null ? (
            <Part name="switch" state={switched} />
          ) : (
            <SwitchPart
              state={switched}
              oldId={row.oldKeyId}
              newId={row.newKeyId}
              use={use}
              newUse={newUse}
              quiet={quiet}
              quietSince={quietSince}
              now={now}
              asksUse={asksUse}
              own={progress.own && asksUse}
              others={asksUse ? others : []}
              {...(over || locked
                ? {}
                : { minutes: { id, value: row.quietMinutes, action: actions.setQuietMinutes, saved: refresh } })}
            />
          )}
          <Part
            name="old-key-expires"
            state={oldKey}
            aside={
              <KeyLine
                id={row.oldKeyId}
                prefix={row.oldPrefix}
                of={old}
                now={now}
                zone={zone}
                bare={!over && progress.state === 'overlap'}
              />
            }
          >
            {row.closedAs === 'kept-both' ? null : <OldKeyPart {...parts} />}
          </Part>
        </Parts>
      </section>
      <CancelDialog progress={progress} over={over} changed={changed} />
    </div>
  );
}

const POLL_MS = 4000;

/**
 * A rotation's progress, read again every few seconds while the page is visible and something can still change. `nowByOmni`
 * runs on between two answers. `stale`: the last answer did not come. What an answer shows for good is recorded by `reconcile`, once for each;
 * where that fails, the next look at the page does it. The head of the page follows what was recorded.
 */
function useProgress(first: RotationProgress, reconcile: RotationActions['reconcile']) {
  const [progress, setProgress] = useState(first);
  const [stale, setStale] = useState(false);
  const [since, setSince] = useState(() => ({ at: first.now, local: Date.now() }));
  const { id } = first.row;
  const refresh = useCallback(async () => {
    const next = await readJson<RotationProgress>(`/api/keys/rotations/${id}`).catch(() => null);
    setStale(next === null);
    if (!next) return false;
    setProgress(next);
    setSince({ at: next.now, local: Date.now() });
    return true;
  }, [id]);
  const recorded = useRef<string | null>(null);
  const seen = progress.unrecorded ? `${progress.state} ${progress.row.oldExpiresAt}` : null;
  useEffect(() => {
    if (seen === null || recorded.current === seen) return;
    recorded.current = seen;
    void callAction(reconcile, { id }).then(({ ok }) => ok && readPageAgain());
  }, [seen, id, reconcile]);
  const over = FINAL_STATES.includes(progress.state) || progress.row.closedAs !== null;
  usePoll(refresh, { everyMs: POLL_MS, on: !over });
  const nowByOmni = useCallback(() => since.at + (Date.now() - since.local), [since]);
  const read = useCallback(async () => void (await refresh()), [refresh]);
  return { progress, stale, over, refresh: read, nowByOmni };
}
