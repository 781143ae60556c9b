'use client';

import { Activity, BellOff, CircleHelp } from 'lucide-react';
import type { Route } from 'next';
import { useId, useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { Field, inputClass } from '#components/form/field.tsx';
import { callAction } from '#components/shell/calls/call-action.ts';
import { Link } from '#components/ui/link.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure } from '#lib/actions/action-result.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import { notSeenValues, type Seen } from '#lib/omni/seen.ts';
import { Unlogged } from '#components/keys/requests/integration-rows.tsx';
import { Part, type PartState, type RotationActions } from './part.tsx';
import { SwitchSources, type SourcesProps } from './switch-sources.tsx';

type Props = SourcesProps & {
  state: PartState;
  oldId: string;
  newId: string | null;
  quiet: boolean | null;
  quietSince: number | null;
  /** Whether it matters now if the old key is still in use. */
  asksUse: boolean;
  minutes?: {
    id: string;
    value: number;
    action: RotationActions['setQuietMinutes'];
    saved: () => Promise<void>;
  };
};

/** What uses the old key and the new one, and who is signed in with the old: what has to be switched. */
export function SwitchPart(props: Props) {
  const { state, use, newUse, quiet, quietSince, now, own, others, minutes, oldId, newId, asksUse } = props;
  return (
    <Part
      name="switch"
      state={state}
      aside={asksUse ? <UseOfOldKey use={use} quiet={quiet} quietSince={quietSince} now={now} /> : null}
    >
      {use.is === 'value' && use.value.unlogged !== null ? <Unlogged at={use.value.unlogged} now={now} /> : null}
      <SwitchSources use={use} newUse={newUse} now={now} own={own} others={others} />
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-2">
        <div className="space-y-1 text-xs text-muted">
          <ReadFrom name="old-key" id={oldId} use={use} />
          {newUse && newId !== null ? <ReadFrom name="new-key" id={newId} use={newUse} /> : null}
        </div>
        {minutes ? <QuietMinutes {...minutes} /> : null}
      </div>
    </Part>
  );
}

/** How many requests with a key were read, or why none was; a link to all of them. */
function ReadFrom({ name, id, use }: { name: 'old-key' | 'new-key'; id: string; use: Seen<KeyUse> }) {
  const t = useTranslations('rotation');
  const tUse = useTranslations('key-use');
  const tSeen = useTranslations('seen');
  const read = () => {
    if (use.is !== 'value') return tSeen('sentence', { ...notSeenValues(use), what: tSeen('parts.requests') });
    const { integrations, requestsRead: count, own, since } = use.value;
    if (integrations.length === 0)
      return count === 0 ? tUse('none') : tUse(since === null ? 'own-only' : 'own-newest', { count });
    return [
      tUse(since === null ? 'read-all' : 'read-newest', { count }),
      ...(own > 0 ? [tUse('left-out', { count: own })] : []),
    ].join(' · ');
  };
  return (
    <p>
      <Link href={`/keys/${id}/audit` as Route} className="underline hover:text-text">
        {t(name)}
      </Link>
      {': '}
      {read()}
    </p>
  );
}

type UseProps = Pick<Props, 'use' | 'quiet' | 'quietSince' | 'now'>;

/** Whether the old key is still in use. */
function UseOfOldKey({ use, quiet, quietSince, now }: UseProps) {
  const t = useTranslations('rotation');
  const format = useFormatter();
  const own = use.is === 'value' && use.value.own > 0;
  const [Icon, ink, text] =
    quiet === null
      ? [CircleHelp, 'text-muted', t('use-unknown')]
      : quietSince === null
        ? [BellOff, 'text-good', t(own ? 'never-used-else' : 'never-used')]
        : quiet
          ? [BellOff, 'text-good', t('no-requests', durationOf(now - quietSince))]
          : [Activity, 'text-warn', t('in-use', { ago: format.relativeTime(quietSince, { now }) })];
  return (
    <p role="status" className="flex items-center gap-2 font-medium">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {text}
    </p>
  );
}

/** A duration as whole minutes, from two hours on as hours, from two days on as days. */
function durationOf(ms: number): { count: number; unit: 'minutes' | 'hours' | 'days' } {
  const minutes = Math.max(0, Math.floor(ms / 60_000));
  if (minutes < 120) return { count: minutes, unit: 'minutes' };
  const hours = Math.floor(minutes / 60);
  return hours < 48 ? { count: hours, unit: 'hours' } : { count: Math.floor(hours / 24), unit: 'days' };
}

const QUIET_CHOICES = [1, 5, 15, 60, 1440];

/** After how long without requests the old key counts as unused. */
function QuietMinutes({ id, value, action, saved }: NonNullable<Props['minutes']>) {
  const t = useTranslations('rotation');
  const field = useId();
  const [minutes, setMinutes] = useState(value);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  async function choose(wanted: number) {
    setMinutes(wanted);
    const answer = await callAction(action, { id, minutes: wanted });
    await saved();
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) setMinutes(value);
  }
  return (
    <div className="w-72">
      <Field id={field} label={t('unused-after')}>
        <select
          id={field}
          value={minutes}
          onChange={(event) => void choose(Number(event.target.value))}
          className={inputClass}
        >
          {QUIET_CHOICES.map((one) => (
            <option key={one} value={one}>
              {t('minutes', { minutes: one })}
            </option>
          ))}
        </select>
      </Field>
      {failure ? <ProblemNotice failure={failure} /> : null}
    </div>
  );
}
