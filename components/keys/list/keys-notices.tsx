import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import { keysQuery, type KeysParams } from '#lib/keys/list/list-params.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';

type Props = {
  rows: readonly ListedKey[];
  /** The session's own key, listed or not. */
  own: ListedKey | null;
  /** The session's own key can be rotated with it. */
  mayRotate: boolean;
  /** What Omni does not list all of. */
  hidden: readonly ('active' | 'revoked')[];
  params: KeysParams;
  now: number;
};

/** What is to be known above the keys: that the session's own expires soon, and which can't be listed. How many others do, the tab says. */
export async function KeysNotices({ rows, own: mine, mayRotate, hidden, params, now }: Props) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  const own = mine?.status === 'expires_soon' ? mine : null;
  const expired = rows.filter(({ status }) => status === 'expired').length;
  const [first, both] = hidden;
  return (
    <Notices
      all={[
        own !== null &&
          own.expiresAt !== null && {
            id: 'own',
            tone: 'warn',
            role: 'status',
            text: t('own-expires', {
              days: daysUntil(own.expiresAt, now, timeZone),
              time: format.dateTime(new Date(own.expiresAt), { timeStyle: 'short' }),
              name: own.name,
            }),
            more: t(mayRotate ? 'own-expires-help' : 'own-expires-ask'),
            action: mayRotate ? (
              <Link href={{ pathname: '/keys/rotate', query: { key: own.id } }} className={buttonClass({ size: 'sm' })}>
                {t('rotate')}
              </Link>
            ) : undefined,
          },
        first && {
          id: 'hidden',
          tone: 'warn',
          text: t('hidden'),
          more: (
            <>
              <p>{t(both ? 'hidden-both' : first === 'active' ? 'hidden-active' : 'hidden-revoked')}</p>
              <p>{t('hidden-help')}</p>
            </>
          ),
          action:
            expired > 0 ? (
              <Link
                href={{ pathname: '/keys', query: keysQuery(params, { show: 'expired' }) }}
                className={buttonClass({ size: 'sm' })}
              >
                {t('show-expired', { count: expired })}
              </Link>
            ) : undefined,
        },
      ]}
    />
  );
}
