'use client';

import { BellOff, CircleHelp, PhoneCall } from 'lucide-react';
import { useId, useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { IntegrationRows } from '#components/keys/requests/integration-rows.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { ProblemNotice } from '#components/ui/state/problem-notice.tsx';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { Part, PartSelect, type PartState } from './part.tsx';

type Props = {
  state: PartState;
  use: Seen<KeyUse>;
  /** Null while there is no new key. */
  newUse: Seen<KeyUse> | null;
  quiet: boolean | null;
  quietSince: number | null;
  /** Omni's clock, milliseconds. */
  now: number;
  /** Who else is signed in here with the old key. */
  others: readonly string[];
  minutes?: { value: number; save: (minutes: number) => Promise<ActionResult> };
};

/** What uses the old key and the new one, and who is signed in with the old: what has to be switched. */
export function SwitchPart({ state, use, newUse, quiet, quietSince, now, others, minutes }: Props) {
  const t = useTranslations('rotation');
  return (
    <Part name="switch" state={state}>
      {others.length > 0 ? (
        <Notice tone="warn" title={t('others', { count: others.length })}>
          {t('others-help', { names: others.join(', ') })}
        </Notice>
      ) : null}
      <div className={`grid items-start gap-4 ${newUse ? 'lg:grid-cols-2' : ''}`}>
        <Side name="integrations-old" use={use} now={now}>
          <UseOfOldKey quiet={quiet} quietSince={quietSince} now={now} />
          {minutes ? <QuietMinutes {...minutes} /> : null}
        </Side>
        {newUse ? <Side name="integrations-new" use={newUse} now={now} /> : null}
      </div>
    </Part>
  );
}

type SideProps = {
  name: 'integrations-old' | 'integrations-new';
  use: Seen<KeyUse>;
  now: number;
  children?: ReactNode;
};

function Side({ name, use, now, children }: SideProps) {
  const t = useTranslations('rotation');
  const id = useId();
  return (
    <section aria-labelledby={id} className="min-w-0 rounded border">
      <h3 id={id} className="px-4 py-2 text-sm font-medium">
        {t(name)}
      </h3>
      {children ? <div className="flex flex-wrap items-end justify-between gap-2 px-4 pb-3">{children}</div> : null}
      <div className="border-t">
        <IntegrationRows use={use} now={now} />
      </div>
    </section>
  );
}

/** Whether the old key is still in use. */
function UseOfOldKey({ quiet, quietSince, now }: Pick<Props, 'quiet' | 'quietSince' | 'now'>) {
  const t = useTranslations('rotation');
  const minutes = quietSince === null ? 0 : Math.max(0, Math.floor((now - quietSince) / 60_000));
  const [Icon, ink, text] =
    quiet === null
      ? [CircleHelp, 'text-muted', t('use-unknown')]
      : quietSince === null
        ? [BellOff, 'text-good', t('never-used')]
        : quiet
          ? [BellOff, 'text-good', t('no-requests', { minutes })]
          : [PhoneCall, 'text-warn', t('in-use', { minutes })];
  return (
    <p role="status" className="flex items-center gap-2 font-medium">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      {text}
    </p>
  );
}

const QUIET_CHOICES = [1, 5, 15, 60, 1440];

/** After how long without requests the old key counts as unused. */
function QuietMinutes({ value, save }: NonNullable<Props['minutes']>) {
  const t = useTranslations('rotation');
  const [minutes, setMinutes] = useState(value);
  const [failure, setFailure] = useState<ActionFailure | null>(null);
  async function choose(wanted: number) {
    setMinutes(wanted);
    const answer = await save(wanted);
    setFailure(answer.ok ? null : answer);
    if (!answer.ok) setMinutes(value);
  }
  return (
    <div>
      <PartSelect
        label={t('unused-after')}
        value={String(minutes)}
        options={QUIET_CHOICES.map((one) => ({ value: String(one), text: t('minutes', { minutes: one }) }))}
        choose={(wanted) => void choose(Number(wanted))}
      />
      {failure ? <ProblemNotice failure={failure} /> : null}
    </div>
  );
}
