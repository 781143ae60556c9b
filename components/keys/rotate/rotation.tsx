'use client';

import { useRouter } from 'next/navigation';
import { useCallback, useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { secretOf } from '#components/keys/secret/shown-secret.ts';
import { useShowOnce } from '#components/keys/secret/shown-once.tsx';
import { readJson } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import {
  OperationsProvider,
  useOperationActions,
  type RunAnswer,
} from '#components/operations/run/operations-context.tsx';
import { useSend } from '#components/operations/run/use-send.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { Locked } from '#components/ui/state/locked.ts';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { FINAL_STATES, quietFor, type RotationState } from '#lib/keys/rotate/rotation-state.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import { CancelRotation, CreateNewKey, NewKeyPart, type OldKey } from './new-key-part.tsx';
import { OldKeyPart } from './old-key-part.tsx';
import { Part, type PartState } from './part.tsx';
import { KeyLine, NewKeyChecks, Outcome } from './rotation-outcome.tsx';
import { SwitchPart } from './switch-part.tsx';

/** What a rotation begins with; both can be changed once the new key is stored. */
const BEGINS_WITH = { overlap: '1h', quietMinutes: 5 } as const;

type StartProps = {
  /** The id of the rotation this starts; a reload starts another. */
  id: string;
  old: OldKey;
  own: boolean;
  /** Who else is signed in with the old key. */
  others: readonly string[];
  /** Omni's clock, milliseconds. */
  now: number;
  /** What uses the old key. */
  use: Seen<KeyUse>;
  sameLifetime: string | null;
  permissions: ReactNode;
  actions: {
    create: ServerAction<{ token: string; rotationId: string; keyId: string } & typeof BEGINS_WITH, RunAnswer>;
    acknowledge: ServerAction<{ id: string; secret?: string }>;
  };
};

/** A rotation before its first click: what uses the key, and the review of the new one, which is shown once; its page follows. */
export function StartRotation({ old, own, others, now, use, actions, ...rest }: StartProps) {
  const t = useTranslations('rotation');
  const router = useRouter();
  const show = useShowOnce();
  const send = useSend();
  const [id] = useState(rest.id);
  const inherited = useOperationActions();
  const { quiet, since } = quietFor(seenOr(use, null), BEGINS_WITH.quietMinutes, now);
  const run = ({ token }: { token: string }) =>
    callAction(actions.create, { token, rotationId: id, keyId: old.id, ...BEGINS_WITH });
  return (
    <OperationsProvider actions={{ ...inherited, run }}>
      <ol aria-label={t('parts')} className="space-y-4">
        <Part name="new-key" state="current">
          <CreateNewKey
            {...rest}
            rotationId={id}
            old={old}
            own={own}
            now={now}
            deliver={(delivered) => {
              const secret = secretOf(delivered);
              if (!secret) return;
              const onStored = async () => {
                await send(actions.acknowledge, { id, ...(own ? { secret: secret.secret } : {}) });
                router.refresh();
              };
              show({ ...secret, onStored: () => void onStored() });
              router.push(`/keys/rotate/${id}`);
            }}
          />
        </Part>
        <SwitchPart state="open" use={use} newUse={null} quiet={quiet} quietSince={since} now={now} others={others} />
        <Part name="old-key-expires" state="open" aside={t('later')} />
      </ol>
    </OperationsProvider>
  );
}

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
  actions: {
    acknowledge: ServerAction<{ id: string }>;
    setQuietMinutes: ServerAction<{ id: string; minutes: number }>;
    close: ServerAction<{ id: string; as: 'kept-both' | 'given-up' }>;
    /** Records what can't change any more, as reading records nothing. */
    reconcile: ServerAction<{ id: string }>;
  };
};

/** A rotation in progress: its three parts, and how it ended. Can be left and opened again at any time. */
export function Rotation({ first, others, zone, locked, actions }: Props) {
  const t = useTranslations('rotation');
  const router = useRouter();
  const { progress, stale, over, refresh, nowByOmni } = useProgress(first, actions.reconcile);
  const { row, old, fresh, use, newUse, quiet, quietSince, now } = progress;
  const { id } = row;
  const [newKey, switched, oldKey] = partStates(progress);
  const changed = async () => {
    await refresh();
    router.refresh();
  };
  const calls = {
    acknowledge: () => callAction(actions.acknowledge, { id }),
    close: (as: 'kept-both' | 'given-up') => callAction(actions.close, { id, as }),
  };
  const parts = { progress, zone, locked, nowByOmni, changed };
  const save = async (minutes: number) => {
    const answer = await callAction(actions.setQuietMinutes, { id, minutes });
    await refresh();
    return answer;
  };
  return (
    <div className="space-y-4">
      <section aria-label={t('parts')} className="space-y-4">
        {stale ? (
          <Notice tone="warn" role="status">
            {t('stale')}
          </Notice>
        ) : null}
        <Outcome progress={progress} />
        <ol className="space-y-4">
          <Part
            name="new-key"
            state={newKey}
            aside={
              row.newKeyId && fresh ? (
                <KeyLine id={row.newKeyId} prefix={row.newPrefix} of={fresh} now={now} zone={zone} />
              ) : null
            }
          >
            {row.newKeyId === null && over ? null : <NewKeyPart {...parts} calls={calls} />}
            <NewKeyChecks checks={progress.checks} />
          </Part>
          {row.newKeyId === null ? (
            <Part name="switch" state={switched} />
          ) : (
            <SwitchPart
              state={switched}
              use={use}
              newUse={newUse}
              quiet={quiet}
              quietSince={quietSince}
              now={now}
              others={over ? [] : others}
              {...(over || locked ? {} : { minutes: { value: row.quietMinutes, save } })}
            />
          )}
          <Part
            name="old-key-expires"
            state={oldKey}
            aside={<KeyLine id={row.oldKeyId} prefix={row.oldPrefix} of={old} now={now} zone={zone} />}
          >
            {row.closedAs === 'kept-both' ? null : <OldKeyPart {...parts} />}
          </Part>
        </ol>
      </section>
      {over || row.newKeyId === null ? null : <CancelRotation {...parts} calls={calls} />}
    </div>
  );
}

const POLL_MS = 4000;

/**
 * A rotation's progress, read again every few seconds while the page is visible and something can still change. `nowByOmni`
 * runs on between two answers. `stale`: the last answer did not come. What an answer shows for good is recorded by `reconcile`, once for each;
 * where that fails, the next look at the page does it.
 */
function useProgress(first: RotationProgress, reconcile: Props['actions']['reconcile']) {
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
    void callAction(reconcile, { id });
  }, [seen, id, reconcile]);
  const over = FINAL_STATES.includes(progress.state) || progress.row.closedAs !== null;
  usePoll(refresh, { everyMs: POLL_MS, on: !over });
  const nowByOmni = useCallback(() => since.at + (Date.now() - since.local), [since]);
  const read = useCallback(async () => void (await refresh()), [refresh]);
  return { progress, stale, over, refresh: read, nowByOmni };
}
