import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { ListedKey } from '#lib/keys/list/listed-key.ts';
import { shownPrefix } from '#lib/keys/list/shown-prefix.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { StatusBadge } from './key-badges.tsx';
import { LastUseWords } from './key-words.tsx';

type Props = {
  row: ListedKey;
  detail: Pick<Key, 'usageCount' | 'lastUsedIp' | 'rateLimit'>;
  now: number;
  /** Keeps the expiry somewhere else. */
  calendar: ReactNode;
};

/** What Omni reports of a key. */
export async function KeyFacts({ row, detail, now, calendar }: Props) {
  const t = await translations('key');
  const { usageCount, lastUsedIp, rateLimit } = detail;
  return (
    <Card plain id="facts" title={t('facts')}>
      <div className="sm:[&_dl]:grid-cols-[8rem_minmax(0,1fr)]">
        <Facts
          items={[
            [t('status'), <StatusBadge key="s" row={row} now={now} />],
            [
              t('expires'),
              row.expiresAt ? (
                <span key="e" className="flex flex-wrap items-center gap-x-2">
                  <Time at={row.expiresAt} absolute />
                  {calendar}
                </span>
              ) : (
                t('never-expires')
              ),
            ],
            [
              t('last-use'),
              <span key="u">
                <LastUseWords use={row.lastUse} />
                {lastUsedIp ? <span className="block font-mono text-xs text-muted">{lastUsedIp}</span> : null}
              </span>,
            ],
            [
              t('requests-made'),
              usageCount === null ? (
                t('not-reported')
              ) : (
                <span key="n">
                  {t('requests-count', { count: usageCount })}
                  <span className="block text-xs text-muted">{t('requests-help')}</span>
                </span>
              ),
            ],
            [t('created'), <Time key="c" at={row.createdAt} absolute />],
            [t('created-by'), row.createdBy ?? t('not-reported')],
            [
              t('prefix'),
              <span key="p" className="font-mono text-xs">
                {shownPrefix(row.prefix)}
              </span>,
            ],
            [t('id'), <CopyId key="i" value={row.id} label={t('id')} />],
            [
              t('rate-limit'),
              <span key="r">
                {rateLimit === null ? t('no-rate-limit') : t('rate-limit-value', { count: rateLimit })}
                {rateLimit === null ? null : <span className="block text-xs text-muted">{t('rate-limit-help')}</span>}
              </span>,
            ],
          ]}
        />
      </div>
    </Card>
  );
}
