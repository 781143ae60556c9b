'use client';

import { useFormatter, useTimeZone, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { endOfDayIn, isoOf, localOf } from '#lib/i18n/local-time.ts';

type Props = { end: string | null; problem?: string | undefined; choose: (end: string | null) => void };

const DAYS = [7, 30, 90, 365] as const;

/** When the key ends: in so many days, at a moment, or never; shown in the reader's time and in UTC, sent in UTC. */
export function EndSection({ end, problem, choose }: Props) {
  const t = useTranslations('keyForm');
  const format = useFormatter();
  const zone = useTimeZone() ?? 'UTC';
  const shown = { dateStyle: 'full', timeStyle: 'short' } as const;
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        {DAYS.map((days) => (
          <Button key={days} size="sm" onClick={() => choose(endOfDayIn(days, Date.now(), zone))}>
            {t('days', { days })}
          </Button>
        ))}
        <Button size="sm" aria-pressed={end === null} onClick={() => choose(null)}>
          {t('never')}
        </Button>
      </div>
      <Field id="end" label={t('end-at', { zone })} error={problem} hint={t('end-hint')}>
        <input
          id="end"
          type="datetime-local"
          value={localOf(end, zone)}
          onChange={(event) => choose(isoOf(event.target.value, zone) ?? '')}
          aria-invalid={problem ? true : undefined}
          aria-describedby="end-hint end-error"
          className={`${inputClass} max-w-64`}
        />
      </Field>
      {end ? (
        <p className="text-sm">
          {format.dateTime(new Date(end), shown)} <span className="text-muted">({zone})</span>
          <span className="block font-mono text-xs text-muted">{end} UTC</span>
        </p>
      ) : null}
      {end === null ? <Notice tone="warn">{t('never-help')}</Notice> : null}
    </div>
  );
}
