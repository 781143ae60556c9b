import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { MOST_READ, type AuditFilter } from '#lib/keys/requests/audit-filter.ts';
import { errorsOf, plotOf, total, type PathCount, type Plot } from '#lib/keys/requests/audit-plot.ts';
import { DAY_MS } from '#lib/keys/list/status.ts';
import { newestCalls } from '#lib/keys/requests/audit-walk.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ShareBar, Swatch, TimeBars } from './plot-bars.tsx';

/** Bars of days and longer are named by a day, shorter ones by a time. */
const DAY = { dateStyle: 'medium' } as const;
const MOMENT = { dateStyle: 'medium', timeStyle: 'short' } as const;
/** So many statuses are offered. */
const MOST_ERRORS = 6;
const KINDS = ['done', 'refused', 'failed'] as const;

type Props = {
  omni: Omni;
  keyId: string;
  filter: AuditFilter;
  /** It is a part of the key's record: by days. */
  plain?: boolean;
};

/** The newest thousand requests over time and by path: a plot, and the same as a table. */
export async function AuditPlot({ omni, keyId, filter, plain = false }: Props) {
  const [t, format, { timeZone }, newest] = await Promise.all([
    translations('key-audit'),
    formatter(),
    requestIntl(),
    newestCalls(omni, keyId, filter, MOST_READ),
  ]);
  if (!newest.ok) {
    return (
      <Card plain={plain} title={t('plot')}>
        <Problem error={newest.error} />
      </Card>
    );
  }
  const { calls, more } = newest.value;
  if (calls.length === 0) return null;
  const zone = format
    .dateTime(Date.parse(calls[0]?.timestamp ?? ''), { timeZoneName: 'short' })
    .split(' ')
    .at(-1);
  const plot = plotOf(calls, timeZone, { least: plain ? DAY_MS : 0 });
  return (
    <Card
      plain={plain}
      id="plot"
      title={t(more ? 'plot-of' : 'plot-of-all', { count: calls.length })}
      aside={
        <span className="text-sm text-muted">
          {more ? `${t('plot-more')} ` : ''}
          {t('bar', { minutes: Math.round(plot.width / 60_000) })} · {zone}
        </span>
      }
    >
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
        <OverTime plot={plot} low={!plain} />
        <ByPath plot={plot} count={calls.length} />
      </div>
      {plain || filter.status !== undefined ? null : <Errors keyId={keyId} calls={calls} />}
      <AsTable bars={plot.bars} width={plot.width} />
    </Card>
  );
}

async function OverTime({ plot: { bars, highest, width }, low }: { plot: Plot; low: boolean }) {
  const [t, format, { now }] = await Promise.all([translations('key-audit'), formatter(), requestIntl()]);
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const label = (moment: number) => format.dateTime(moment, width < DAY_MS ? MOMENT : DAY);
  const until = label(Math.min(last.until - 1, now.getTime()));
  const sums = KINDS.map((kind) => [kind, bars.reduce((sum, bar) => sum + bar[kind], 0)] as const);
  return (
    <figure className="min-w-0">
      <figcaption className="mb-2 flex flex-wrap gap-x-4 gap-y-1 text-sm">
        {sums.map(([kind, count]) => (
          <span key={kind} className="inline-flex items-center gap-1.5">
            <Swatch kind={kind} />
            {t(`kinds.${kind}`)} {format.number(count)}
          </span>
        ))}
      </figcaption>
      <div className="flex gap-2">
        <span aria-hidden className="flex w-8 shrink-0 flex-col justify-between text-right text-xs text-muted">
          <span className="-mt-1">{format.number(highest)}</span>
          <span className="-mb-1">0</span>
        </span>
        <TimeBars
          low={low}
          label={t('plot-label', { from: label(first.from), until, most: highest })}
          bars={bars.map((bar) => ({
            at: bar.from,
            label: `${label(bar.from)}: ${format.number(total(bar))}`,
            done: bar.done,
            refused: bar.refused,
            failed: bar.failed,
          }))}
          highest={highest}
        />
      </div>
      <p aria-hidden className="mt-1 flex justify-between gap-2 pl-10 text-xs text-muted">
        <span>{label(first.from)}</span>
        <span>{until}</span>
      </p>
    </figure>
  );
}

/** What was refused or failed, by its status: each leads to those requests. */
async function Errors({ keyId, calls }: { keyId: string; calls: readonly KeyCall[] }) {
  const [t, format] = await Promise.all([translations('key-audit'), formatter()]);
  const errors = errorsOf(calls);
  if (errors.length === 0) return null;
  return (
    <nav aria-label={t('errors')} className="mt-3 flex flex-wrap items-center gap-2 text-sm">
      <span aria-hidden className="text-muted">
        {t('errors')}
      </span>
      {errors.slice(0, MOST_ERRORS).map(({ status, count }) => (
        <Link
          key={status}
          href={`/keys/${keyId}/audit?status=${status}` as Route}
          className={buttonClass({ size: 'sm' })}
        >
          {status} <span className="font-normal text-muted">{format.number(count)}</span>
        </Link>
      ))}
    </nav>
  );
}

async function ByPath({ plot: { paths, others }, count }: { plot: Plot; count: number }) {
  const [t, format] = await Promise.all([translations('key-audit'), formatter()]);
  const line = (one: PathCount, label: string) => (
    <li key={label}>
      <span className="flex flex-wrap justify-between gap-x-3 text-xs">
        <span className="max-w-full truncate font-mono" title={label}>
          {label}
        </span>
        <span className="text-muted">
          {format.number(one.count)} · {format.number(one.count / count, { style: 'percent' })}
          {one.refused > 0 ? ` · ${t('path-refused', { count: one.refused })}` : ''}
        </span>
      </span>
      <ShareBar share={one.count / count} />
    </li>
  );
  return (
    <div className="min-w-0">
      <h3 className="mb-2">{t('by-path')}</h3>
      <ol className="space-y-2">
        {paths.map((path) => line(path, path.path))}
        {others ? line(others, t('other-paths')) : null}
      </ol>
    </div>
  );
}

async function AsTable({ bars, width }: Pick<Plot, 'bars' | 'width'>) {
  const [t, format] = await Promise.all([translations('key-audit'), formatter()]);
  return (
    <details className="mt-2">
      <summary className="min-h-8 w-max py-1 text-sm text-muted">{t('as-table')}</summary>
      <div tabIndex={0} role="region" aria-label={t('as-table')} className="max-h-64 overflow-auto rounded border">
        <table className="w-full text-sm">
          <thead>
            <tr className="text-left text-xs text-muted">
              <th scope="col" className="px-3 py-1 font-medium">
                {t('from')}
              </th>
              {KINDS.map((kind) => (
                <th key={kind} scope="col" className="px-3 py-1 text-right font-medium">
                  {t(`kinds.${kind}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {bars
              .filter((bar) => total(bar) > 0)
              .map((bar) => (
                <tr key={bar.from} className="border-t">
                  <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
                    {format.dateTime(bar.from, width < DAY_MS ? MOMENT : DAY)}
                  </th>
                  {KINDS.map((kind) => (
                    <td key={kind} className="px-3 py-1 text-right">
                      {format.number(bar[kind])}
                    </td>
                  ))}
                </tr>
              ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
