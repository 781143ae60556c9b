import Link from 'next/link';
import { Card } from '#components/ui/card.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { Callers } from '#lib/keys/requests/callers.ts';
import type { LastUse } from '#lib/keys/list/status.ts';
import { LastUseWords } from '#components/keys/list/key-words.tsx';

type Props = { id: string; use: LastUse; seen: Callers | null };

/** When a key was used last and from where, as far as Omni's newest records tell. */
export async function CallersCard({ id, use, seen }: Props) {
  const t = await translations('keyEnd');
  return (
    <Card
      id="callers"
      title={t('callers')}
      aside={
        <Link href={`/keys/${id}/audit` as never} prefetch={false} className="text-sm text-accent-text underline">
          {t('all-calls')}
        </Link>
      }
    >
      <p className="mb-3">
        {t('last-use')} <LastUseWords use={use} />
      </p>
      {seen === null ? (
        <p className="unknown rounded p-2 text-muted">{t('callers-unseen')}</p>
      ) : seen.callers.length === 0 ? (
        <p className="text-muted">{t('callers-none')}</p>
      ) : (
        <>
          <ul className="divide-y rounded border">
            {seen.callers.slice(0, 8).map(({ ip, agent, calls, last }) => (
              <li key={`${ip} ${agent}`} className="flex flex-wrap items-baseline gap-x-3 px-3 py-2 text-sm">
                <span className="font-mono">{ip ?? t('no-ip')}</span>
                <span className="min-w-0 grow truncate text-muted" title={agent ?? undefined}>
                  {agent ?? t('no-agent')}
                </span>
                <span>{t('calls', { count: calls })}</span>
                <Time at={last} />
              </li>
            ))}
          </ul>
          <p className="mt-2 text-sm text-muted">
            {t(seen.more ? 'callers-more' : 'callers-all', { count: seen.looked })}
          </p>
        </>
      )}
    </Card>
  );
}
