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

/** What is to be known above the keys: which expire soon, the session's own first, and which can't be listed. */
export async function KeysNotices({ rows, own: mine, mayRotate, hidden, params, now }: Props) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  const soon = rows.filter(({ status }) => status === 'expires_soon');
  const own = mine?.status === 'expires_soon' ? mine : null;
  const others = soon.filter(({ id }) => id !== own?.id).length;
  const show = { pathname: '/keys', query: keysQuery(params, { show: 'expires_soon' }) } as const;
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
        others > 0 &&
          params.show !== 'expires_soon' && {
            id: 'soon',
            tone: 'warn',
            text: t('some-expire', { count: others }),
            more: t('some-expire-help'),
            action: (
              <Link href={show} className={buttonClass({ size: 'sm' })}>
                {t('show-expiring')}
              </Link>
            ),
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
