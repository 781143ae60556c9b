import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { NewestIntegrations } from '#lib/keys/requests/callers.ts';
import type { LastUse } from '#lib/keys/list/status.ts';
import { LastUseWords } from '#components/keys/list/key-words.tsx';

type Props = { id: string; use: LastUse; newest: NewestIntegrations | null };

/** When a key was used last, and the integrations of its newest requests. */
export async function IntegrationsCard({ id, use, newest }: Props) {
  const t = await translations('key-end');
  return (
    <Card
      id="integrations"
      title={t('integrations')}
      aside={
        <Link href={`/keys/${id}/audit` as Route} className="text-sm text-accent-text underline">
          {t('all-requests')}
        </Link>
      }
    >
      <p className="mb-3">
        {t('last-use')} <LastUseWords use={use} />
      </p>
      {newest === null ? (
        <p className="unknown rounded p-2 text-muted">{t('integrations-unknown')}</p>
      ) : newest.integrations.length === 0 ? (
        <p className="text-muted">{t('integrations-none')}</p>
      ) : (
        <>
          <ul className="divide-y rounded border">
            {newest.integrations.slice(0, 8).map(({ ip, userAgent, requests, last }) => (
              <li key={`${ip} ${userAgent}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 text-sm">
                <span className="font-mono">{ip ?? t('no-ip')}</span>
                <span className="min-w-0 grow truncate text-muted" title={userAgent ?? undefined}>
                  {userAgent ?? t('no-user-agent')}
                </span>
                <span>{t('requests', { count: requests })}</span>
                <Time at={last} />
              </li>
            ))}
          </ul>
          <p className="mt-2 text-sm text-muted">
            {t(newest.more ? 'integrations-newest' : 'integrations-all', { count: newest.requestsRead })}
          </p>
        </>
      )}
    </Card>
  );
}
