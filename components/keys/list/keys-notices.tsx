import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { daysUntil } from '#lib/keys/list/list.ts';
import { keysQuery, type KeysParams } from '#lib/keys/list/list-params.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';

/** Keys that expire soon, the session's own first. */
export async function ExpiryBanner({
  rows,
  own: mine,
  params,
  now,
}: {
  rows: readonly ListedKey[];
  /** The session's own key, listed or not. */
  own: ListedKey | null;
  params: KeysParams;
  now: number;
}) {
  const [t, format, { timeZone }] = await Promise.all([translations('keys'), formatter(), requestIntl()]);
  const soon = rows.filter(({ status }) => status === 'expires_soon');
  const own = mine?.status === 'expires_soon' ? mine : null;
  const others = soon.filter(({ id }) => id !== own?.id).length;
  return (
    <>
      {own?.expiresAt ? (
        <Notice
          tone="warn"
          role="status"
          className="mb-3"
          title={t('own-expires', {
            days: daysUntil(own.expiresAt, now, timeZone),
            time: format.dateTime(new Date(own.expiresAt), { timeStyle: 'short' }),
            name: own.name,
          })}
          actions={
            <Link
              href={{ pathname: '/keys/rotate', query: { key: own.id } }}
              prefetch={false}
              className={buttonClass({ size: 'sm' })}
            >
              {t('rotate')}
            </Link>
          }
        >
          {t('own-expires-help')}
        </Notice>
      ) : null}
      {others > 0 && params.show !== 'expires_soon' ? (
        <Notice
          tone="warn"
          className="mb-3"
          title={t('some-expire', { count: others })}
          actions={
            <Link
              href={{ pathname: '/keys', query: keysQuery(params, { show: 'expires_soon' }) }}
              prefetch={false}
              className={buttonClass({ size: 'sm' })}
            >
              {t('show-expiring')}
            </Link>
          }
        >
          {t('some-expire-help')}
        </Notice>
      ) : null}
    </>
  );
}

/** What the list can't show, and how to open a key that is not in it. */
export async function HiddenKeys({ hidden }: { hidden: readonly ('active' | 'revoked')[] }) {
  const t = await translations('keys');
  if (hidden.length === 0) return null;
  return (
    <Notice tone="warn" className="mb-3" title={t('hidden')}>
      <p>{t(hidden.length > 1 ? 'hidden-both' : hidden[0] === 'active' ? 'hidden-active' : 'hidden-revoked')}</p>
      <p className="mt-1">{t('hidden-help')}</p>
    </Notice>
  );
}
