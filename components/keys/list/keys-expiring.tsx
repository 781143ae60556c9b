import { Hourglass, UserRoundKey } from 'lucide-react';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Time } from '#components/ui/time.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { StatusBadge } from './key-badges.tsx';
import { LastUseWords } from './key-words.tsx';

/** Keys that expire soon or expired lately; the session's own links to its rotation, the others to their page. */
export async function ExpiringKeys({ rows, mayRotate, now }: { rows: ListedKey[]; mayRotate: boolean; now: number }) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  return (
    <ul className="divide-y">
      {rows.map((row) => {
        const own = row.kinds.includes('own');
        const days = row.expiresAt === null ? 0 : daysUntil(row.expiresAt, now, timeZone);
        const time = row.expiresAt === null ? '' : format.dateTime(new Date(row.expiresAt), { timeStyle: 'short' });
        return (
          <LinkRow
            key={row.id}
            href={own && mayRotate ? `/keys/rotate?key=${row.id}` : `/keys/${row.id}`}
            icon={
              own ? <UserRoundKey aria-hidden className="text-warn" /> : <Hourglass aria-hidden className="text-warn" />
            }
            title={own ? t('own-expires', { days, time, name: row.name }) : row.name}
          >
            {own ? (
              t(mayRotate ? 'own-expires-help' : 'own-expires-ask')
            ) : (
              <>
                <StatusBadge row={row} now={now} />{' '}
                {row.expiresAt ? (
                  <>
                    <Time at={row.expiresAt} absolute /> ·{' '}
                  </>
                ) : null}
                {t('last-use-head')}: <LastUseWords use={row.lastUse} />
              </>
            )}
          </LinkRow>
        );
      })}
    </ul>
  );
}

/** The expiry of the session's own key, where the session can't read other keys. */
export async function OwnKeyExpiring({ name, expiresAt, now }: { name: string; expiresAt: string; now: number }) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  const days = daysUntil(expiresAt, now, timeZone);
  const time = format.dateTime(new Date(expiresAt), { timeStyle: 'short' });
  return (
    <ul>
      <LinkRow
        href="/account"
        icon={<UserRoundKey aria-hidden className="text-warn" />}
        title={t('own-expires', { days, time, name })}
      >
        {t('own-expires-ask')}
      </LinkRow>
    </ul>
  );
}
