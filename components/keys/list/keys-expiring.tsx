import { Hourglass, UserRoundKey } from 'lucide-react';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import type { KeyRow } from '#lib/keys/list/row.ts';
import { StatusBadge } from './key-badges.tsx';
import { LastUseWords } from './key-words.tsx';

/** Keys that end soon or ended lately; the session's own leads to its rotation, the others to their page. */
export async function KeysEnding({ rows, mayWrite, now }: { rows: KeyRow[]; mayWrite: boolean; now: number }) {
  const t = await translations('keys');
  return (
    <ul className="divide-y">
      {rows.map((row) => {
        const own = row.kinds.includes('own');
        const days = daysUntil(row.expiresAt ?? '', now);
        return (
          <LinkRow
            key={row.id}
            href={own && mayWrite ? `/keys/rotate?key=${row.id}` : `/keys/${row.id}`}
            icon={
              own ? <UserRoundKey aria-hidden className="text-warn" /> : <Hourglass aria-hidden className="text-warn" />
            }
            title={own ? t('own-soon', { days, name: row.name }) : row.name}
          >
            {own ? (
              t('own-soon-help')
            ) : (
              <>
                <StatusBadge row={row} now={now} /> {t('columns.used')}: <LastUseWords use={row.lastUse} />
                {row.expiresAt ? (
                  <>
                    {' · '}
                    <Time at={row.expiresAt} absolute />
                  </>
                ) : null}
              </>
            )}
          </LinkRow>
        );
      })}
    </ul>
  );
}

/** The end of the session's own key where that is all this session may know of keys. */
export async function OwnKeyEnding({ name, expiresAt, now }: { name: string; expiresAt: string; now: number }) {
  const t = await translations('keys');
  return (
    <ul>
      <LinkRow
        href="/account"
        icon={<UserRoundKey aria-hidden className="text-warn" />}
        title={t('own-soon', { days: daysUntil(expiresAt, now), name })}
      >
        {t('own-soon-ask')}
      </LinkRow>
    </ul>
  );
}
