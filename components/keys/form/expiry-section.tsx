'use client';

import { useFormatter, useTimeZone, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { endOfDayIn, isoOf, localOf } from '#lib/i18n/local-time.ts';

type Props = {
  expiresAt: string | null;
  problem?: string | undefined;
  choose: (expiresAt: string | null) => void;
};

const DAYS = [7, 30, 90, 365] as const;

/** When the key expires: in so many days, at a moment, or never; shown in the reader's time and in UTC, sent in UTC. */
export function ExpirySection({ expiresAt, problem, choose }: Props) {
  const t = useTranslations('key-form');
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
        <Button size="sm" aria-pressed={expiresAt === null} onClick={() => choose(null)}>
          {t('never-expires')}
        </Button>
      </div>
      <Field id="expires-at" label={t('expires-at', { zone })} error={problem} hint={t('expires-at-hint')}>
        <input
          id="expires-at"
          type="datetime-local"
          value={localOf(expiresAt, zone)}
          onChange={(event) => choose(isoOf(event.target.value, zone) ?? '')}
          aria-invalid={problem ? true : undefined}
          aria-describedby="expires-at-hint expires-at-error"
          className={`${inputClass} max-w-64`}
        />
      </Field>
      {expiresAt ? (
        <p className="text-sm">
          {format.dateTime(new Date(expiresAt), shown)} <span className="text-muted">({zone})</span>
          <span className="block font-mono text-xs text-muted">{expiresAt} UTC</span>
        </p>
      ) : null}
      {expiresAt === null ? <Notice tone="warn">{t('never-expires-help')}</Notice> : null}
    </div>
  );
}
