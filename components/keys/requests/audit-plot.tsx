import { Card } from '#components/ui/card.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { ZoneNote } from '#components/ui/zone-note.tsx';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import type { AuditFilter } from '#lib/keys/requests/audit-filter.ts';
import { plotOf, total, type Bar, type PathCount, type Plot } from '#lib/keys/requests/audit-plot.ts';
import { DAY_MS } from '#lib/keys/list/status.ts';
import { newestCalls } from '#lib/keys/requests/audit-walk.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { ShareBar, Swatch, TimeBars } from './plot-bars.tsx';

const MOST = 1000;
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
  const [t, { timeZone }, newest] = await Promise.all([
    translations('key-audit'),
    requestIntl(),
    newestCalls(omni, keyId, filter, MOST),
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
  const plot = plotOf(calls, timeZone, { least: plain ? DAY_MS : 0 });
  return (
    <Card
      plain={plain}
      id="plot"
      title={t('plot-of', { count: calls.length })}
      aside={more ? <span className="text-sm text-muted">{t('plot-more')}</span> : undefined}
    >
      <div className="grid gap-6 lg:grid-cols-[3fr_2fr]">
        <OverTime plot={plot} />
        <ByPath plot={plot} count={calls.length} />
      </div>
      {plain ? null : <ZoneNote />}
      <AsTable bars={plot.bars} />
    </Card>
  );
}

async function OverTime({ plot: { bars, highest, width } }: { plot: Plot }) {
  const [t, format, { now }] = await Promise.all([translations('key-audit'), formatter(), requestIntl()]);
  const [first, last] = [bars[0], bars.at(-1)];
  if (!first || !last) return null;
  const day = (moment: number) => format.dateTime(moment, { dateStyle: 'short', timeStyle: 'short' });
  const until = day(Math.min(last.until, now.getTime()));
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
        <span aria-hidden className="w-8 shrink-0 text-right text-xs text-muted">
          {format.number(highest)}
        </span>
        <TimeBars
          label={t('plot-label', { from: day(first.from), until, most: highest })}
          bars={bars.map((bar) => ({
            at: bar.from,
            label: `${day(bar.from)}: ${format.number(total(bar))}`,
            done: bar.done,
            refused: bar.refused,
            failed: bar.failed,
          }))}
          highest={highest}
        />
      </div>
      <p aria-hidden className="mt-1 flex justify-between gap-2 pl-10 text-xs text-muted">
        <span>{day(first.from)}</span>
        <span>{t('bar', { minutes: Math.round(width / 60_000) })}</span>
        <span>{until}</span>
      </p>
    </figure>
  );
}

async function ByPath({ plot: { paths, others }, count }: { plot: Plot; count: number }) {
  const [t, format] = await Promise.all([translations('key-audit'), formatter()]);
  const most = Math.max(...paths.map((path) => path.count), others?.count ?? 0);
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
      <ShareBar share={one.count / most} />
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

async function AsTable({ bars }: { bars: Bar[] }) {
  const [t, format] = await Promise.all([translations('key-audit'), formatter()]);
  return (
    <details className="mt-4 rounded border">
      <summary className="min-h-10 px-3 py-2.5 text-sm text-muted">{t('as-table')}</summary>
      <div tabIndex={0} role="region" aria-label={t('as-table')} className="max-h-64 overflow-auto border-t">
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
                    {format.dateTime(bar.from, { dateStyle: 'short', timeStyle: 'short' })}
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
