import { ListX } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { Middle } from '#components/data-table/rows/middle.tsx';
import { Pager } from '#components/data-table/pager.tsx';
import { ServerList, type ServerRow } from '#components/data-table/server-list.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { formatter, requestZone, translations } from '#lib/i18n/server.ts';
import { shownPath } from '#lib/keys/requests/audit-filter.ts';
import { outcome } from '#lib/keys/requests/audit-plot.ts';
import type { SearchedRequests } from '#lib/keys/requests/audit-walk.ts';
import { writePosition } from '#lib/omni/paging/paging.ts';
import { hiddenColumns, savedViews } from '#lib/views/of-request.ts';

export type AuditFilterValues = {
  status?: number | undefined;
  path?: string | undefined;
  since?: string | undefined;
  until?: string | undefined;
  method?: string | undefined;
  ip?: string | undefined;
};

const TONES = { done: 'good', refused: 'warn', failed: 'danger' } as const;
const METHODS = ['GET', 'POST', 'PATCH', 'DELETE'];

type Props = {
  keyId: string;
  params: AuditFilterValues;
  first: boolean;
  page: SearchedRequests;
  /** How many requests Omni's counter has; its log may hold fewer. */
  counter: number | null;
};

/** A key's requests, newest first, how far they were searched, and the way on. */
export async function AuditTable({ keyId, params, first, page, counter }: Props) {
  const [t, format, zone, hidden, views] = await Promise.all([
    translations('key-audit'),
    formatter(),
    requestZone(),
    hiddenColumns('key-audit'),
    savedViews('key-audit'),
  ]);
  const { calls, next, unsure, remaining, searched } = page;
  const set = Object.entries(params).filter(([, value]) => value !== undefined);
  const values = Object.fromEntries(set.map(([name, value]) => [name, String(value)]));
  const filtered = set.length > 0;
  const shownAt = (time: string) => format.dateTime(new Date(time), { dateStyle: 'short', timeStyle: 'medium' });
  const to = (place: Record<string, string>) => {
    const query = new URLSearchParams({ ...values, ...place }).toString();
    return query ? `/keys/${keyId}/audit?${query}` : `/keys/${keyId}/audit`;
  };
  const mono = (text: string) => <span className="font-mono text-xs">{text}</span>;
  const rows = calls.map((call): ServerRow => ({
    id: call.id,
    name: shownPath(call.path),
    cells: {
      time: (
        <time dateTime={call.timestamp} title={zone} className="text-muted">
          {shownAt(call.timestamp)}
        </time>
      ),
      method: mono(call.method),
      path: <Middle mono text={shownPath(call.path)} />,
      status: <Badge tone={TONES[outcome(call.statusCode)]}>{call.statusCode}</Badge>,
      ip: call.ipAddress === null ? t('no-ip') : <Middle mono text={call.ipAddress} />,
      agent: <span className="text-muted">{call.userAgent ?? '—'}</span>,
      took: (
        <span className="text-muted">
          {call.responseTimeMs === null ? '—' : t('milliseconds', { count: call.responseTimeMs })}
        </span>
      ),
    },
  }));
  return (
    <ServerList
      label={t('requests')}
      columns={[
        { id: 'time', head: t('when'), width: 'xl', card: 'when' },
        { id: 'method', head: t('method'), width: 'xs', card: 'detail' },
        { id: 'path', head: t('col-path'), width: 'grow-2', card: 'title' },
        { id: 'status', head: t('status'), width: 'xs', card: 'end' },
        { id: 'ip', head: t('col-ip'), width: 'md', card: 'detail' },
        { id: 'agent', head: t('agent'), width: 'grow', card: 'none', from: 'wide' },
        { id: 'took', head: t('took'), width: 'sm', card: 'none', from: 'wide', right: true },
      ]}
      rows={rows}
      hidden={{ room: 'key-audit', first: hidden }}
      sort="-time"
      bar={{
        filters: [
          { id: 'path', label: t('path'), input: 'text', placeholder: '/persons', hint: t('by-omni') },
          {
            id: 'status',
            label: t('status'),
            input: 'text',
            placeholder: '403',
            pattern: '[1-5][0-9][0-9]',
            hint: t('by-omni'),
          },
          { id: 'since', label: t('since'), input: 'datetime-local', hint: zone },
          { id: 'until', label: t('until'), input: 'datetime-local', hint: zone },
          { id: 'method', label: t('method'), choices: METHODS.map((id) => ({ id, name: id })) },
          { id: 'ip', label: t('ip'), input: 'text', placeholder: '203.0.113', hint: t('by-console') },
        ],
        values,
        views: { room: 'key-audit', first: views },
      }}
      notice={
        searched ? (
          <p role="status" className="unknown border-b px-4 py-1 text-sm">
            {t('searched', { found: calls.length, count: searched.count })}{' '}
            {next && searched.oldest ? t('searched-until', { time: shownAt(searched.oldest) }) : t('searched-all')}
          </p>
        ) : first && remaining !== null && remaining > calls.length ? (
          <p className="border-b px-4 py-1 text-sm text-muted">
            {!filtered && counter !== null && counter > remaining
              ? t('count-of', { count: remaining, total: counter })
              : t('count', { count: remaining })}
          </p>
        ) : null
      }
      state={
        calls.length > 0 ? undefined : (
          <ListState
            icon={ListX}
            title={t(searched && next ? 'nothing-yet' : filtered ? 'nothing' : 'empty')}
            actions={
              filtered ? (
                <Link href={`/keys/${keyId}/audit`} className={buttonClass({})}>
                  {t('clear')}
                </Link>
              ) : null
            }
          >
            {searched && next ? t('nothing-yet-help') : filtered ? null : t('empty-help')}
          </ListState>
        )
      }
      footer={
        <>
          {unsure ? <p className="border-t bg-warn-soft px-4 py-1 text-sm">{t('unsure')}</p> : null}
          <Pager
            first={first ? undefined : to({})}
            next={next ? to({ at: writePosition(next) }) : undefined}
            nextLabel={t(searched ? 'search-further' : 'older')}
          />
        </>
      }
    />
  );
}
