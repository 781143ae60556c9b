import { ArrowDown, ChevronsUp, ListX } from 'lucide-react';
import Link from 'next/link';
import { PlainCell, PlainRow, PlainTable } from '#components/data-table/plain-table.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { ZoneNote } from '#components/ui/zone-note.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import { outcome } from '#lib/keys/requests/audit-plot.ts';
import type { SearchedRequests } from '#lib/keys/requests/audit-walk.ts';
import { writePosition } from '#lib/omni/paging/paging.ts';
import { hiddenColumns } from '#lib/views/of-request.ts';
import type { AuditFilterValues } from './audit-filters.tsx';

const TONES = { done: 'good', refused: 'warn', failed: 'danger' } as const;

type Props = { keyId: string; params: AuditFilterValues; first: boolean; page: SearchedRequests };

/** A key's requests, newest first, as a table or as cards, how far they were searched, and the pager. */
export async function AuditTable({ keyId, params, first, page }: Props) {
  const [t, format, ids] = await Promise.all([translations('key-audit'), formatter(), hiddenColumns('key-audit')]);
  const hidden = new Set<string>(ids);
  const { calls, next, unsure, remaining, searched } = page;
  const query = Object.fromEntries(Object.entries(params).filter(([, value]) => value !== undefined));
  const pathname = `/keys/${keyId}/audit` as const;
  const filtered = Object.keys(query).length > 0;
  const shownAt = (time: string) => format.dateTime(new Date(time), { dateStyle: 'short', timeStyle: 'medium' });
  const heads = [
    { id: 'time', label: t('when'), width: 'w-44' },
    { id: 'method', label: t('method'), width: 'w-20' },
    { id: 'path', label: t('col-path'), width: '' },
    { id: 'status', label: t('status'), width: 'w-20' },
    { id: 'ip', label: t('col-ip'), width: 'w-32' },
    { id: 'agent', label: t('agent'), width: 'w-48 max-xl:hidden' },
    { id: 'took', label: t('took'), width: 'w-20' },
  ].filter(({ id }) => !hidden.has(id));
  return (
    <>
      {searched ? (
        <p role="status" className="unknown border-b px-4 py-2 text-sm">
          {t('searched', { found: calls.length, count: searched.count })}{' '}
          {next && searched.oldest ? t('searched-until', { time: shownAt(searched.oldest) }) : t('searched-all')}
        </p>
      ) : first && remaining !== null && remaining > calls.length ? (
        <p className="border-b px-4 py-2 text-sm text-muted">{t('count', { count: remaining })}</p>
      ) : null}
      {calls.length === 0 ? (
        <ListState
          icon={ListX}
          title={t(searched && next ? 'nothing-yet' : filtered ? 'nothing' : 'empty')}
          actions={
            filtered ? (
              <Link prefetch={false} href={pathname} className={buttonClass({})}>
                {t('clear')}
              </Link>
            ) : null
          }
        >
          {t(searched && next ? 'nothing-yet-help' : filtered ? 'nothing-help' : 'empty-help')}
        </ListState>
      ) : (
        <PlainTable label={t('requests')} heads={heads}>
          {calls.map((call) => (
            <PlainRow key={call.id}>
              <PlainCell label={t('when')} more="whitespace-nowrap text-muted">
                <time dateTime={call.timestamp}>{shownAt(call.timestamp)}</time>
              </PlainCell>
              <PlainCell label={t('method')} hidden={hidden.has('method')}>
                <span className="font-mono text-xs">{call.method}</span>
              </PlainCell>
              <PlainCell label={t('col-path')}>
                <span className="font-mono text-xs break-all">{call.path}</span>
              </PlainCell>
              <PlainCell label={t('status')} hidden={hidden.has('status')}>
                <Badge tone={TONES[outcome(call.statusCode)]}>{call.statusCode}</Badge>
              </PlainCell>
              <PlainCell label={t('col-ip')} hidden={hidden.has('ip')}>
                <span className="font-mono text-xs">{call.ipAddress ?? t('no-ip')}</span>
              </PlainCell>
              <PlainCell label={t('agent')} hidden={hidden.has('agent')} more="text-muted sm:max-xl:hidden">
                <span title={call.userAgent ?? undefined} className="line-clamp-1 break-all">
                  {call.userAgent ?? '—'}
                </span>
              </PlainCell>
              <PlainCell label={t('took')} hidden={hidden.has('took')} more="whitespace-nowrap text-muted">
                {call.responseTimeMs === null ? '—' : t('milliseconds', { count: call.responseTimeMs })}
              </PlainCell>
            </PlainRow>
          ))}
        </PlainTable>
      )}
      <div className="px-4 pb-2">
        <ZoneNote />
      </div>
      {unsure ? (
        <Notice tone="warn" className="m-3">
          {t('unsure')}
        </Notice>
      ) : null}
      {!first || next ? (
        <nav aria-label={t('pages')} className="flex flex-wrap justify-end gap-2 border-t p-2">
          {first ? null : (
            <Link prefetch={false} href={{ pathname, query }} className={buttonClass({ size: 'sm' })}>
              <ChevronsUp aria-hidden className="size-4" />
              {t('newest')}
            </Link>
          )}
          {next ? (
            <Link
              prefetch={false}
              href={{ pathname, query: { ...query, at: writePosition(next) } }}
              className={buttonClass({ size: 'sm' })}
            >
              <ArrowDown aria-hidden className="size-4" />
              {t(searched ? 'search-further' : 'older')}
            </Link>
          ) : null}
        </nav>
      ) : null}
    </>
  );
}
