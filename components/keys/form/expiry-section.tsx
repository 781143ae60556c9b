'use client';

import { useTimeZone, useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { MomentInput } from '#components/form/fields/moment-input.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { useServerClock } from '#components/ui/state/use-server-clock.ts';
import { endOfDayIn } from '#lib/i18n/local-time.ts';

type Props = {
  expiresAt: string | null;
  /** It never expired before this change. */
  endless: boolean;
  problem?: string | undefined;
  choose: (expiresAt: string | null) => void;
};

const PRESSED = 'aria-pressed:border-accent aria-pressed:bg-accent-soft';
const DAYS = [7, 30, 90, 365] as const;
/** Omni refuses the end of the year 9999 (unproved where exactly its limit is); nobody means a year after this one. */
const LATEST = '2999-12-31T23:59:59.000Z';

/** When the key expires: in so many days, at a moment, or never; shown in the reader's time, sent in UTC. */
export function ExpirySection({ expiresAt, endless, problem, choose }: Props) {
  const t = useTranslations('key-form');
  const zone = useTimeZone() ?? 'UTC';
  const now = useServerClock();
  return (
    <div className="space-y-2">
      <div className="flex flex-wrap gap-2">
        {DAYS.map((days) => (
          <Button
            key={days}
            size="sm"
            className={PRESSED}
            aria-pressed={expiresAt === endOfDayIn(days, now(), zone)}
            onClick={() => choose(endOfDayIn(days, now(), zone))}
          >
            {t('days', { days })}
          </Button>
        ))}
        <Button size="sm" className={PRESSED} aria-pressed={expiresAt === null} onClick={() => choose(null)}>
          {t('never-expires')}
        </Button>
      </div>
      <MomentInput
        id="expires-at"
        label={t('expires-at')}
        hint={t('expires-at-hint')}
        error={problem}
        value={expiresAt}
        change={choose}
        max={LATEST}
      />
      {expiresAt === null && endless ? <p className="text-sm text-muted">{t('never-expires-help')}</p> : null}
      {expiresAt === null && !endless ? <Notice tone="warn">{t('never-expires-help')}</Notice> : null}
    </div>
  );
}
