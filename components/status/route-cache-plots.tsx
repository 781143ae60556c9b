'use client';

import { useFormatter, useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
import { Badge } from '#components/ui/badge.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { Plot } from './plot.tsx';
import { useCacheSamples, type Sample } from './use-cache-samples.ts';

const FIGURES = ['hitRate', 'hits', 'misses', 'cacheSize', 'invalidations'] as const;

/** Figures that only grow until Omni restarts. */
const COUNTERS = new Set<(typeof FIGURES)[number]>(['hits', 'misses', 'invalidations']);

/** The figures of Omni's route cache since this page was opened, as plots and as a table. */
export function RouteCachePlots({ first }: { first: Sample | null }) {
  const t = useTranslations('route-cache');
  const tProblem = useTranslations('problems');
  const format = useFormatter();
  const { all, state, problem } = useCacheSamples(first);
  const [start, now] = [all[0], all.at(-1)];
  if (!start || !now) return <p className="text-muted">{t(state === 'failed' ? 'nothing' : 'waiting')}</p>;
  const restarted = all.some(
    (sample, index) => sample.hits + sample.misses < (all[index - 1]?.hits ?? 0) + (all[index - 1]?.misses ?? 0),
  );
  const shown = (name: (typeof FIGURES)[number], value: number) =>
    name === 'hitRate'
      ? format.number(value / 100, { style: 'percent', maximumFractionDigits: 1 })
      : format.number(value);
  const of = (name: (typeof FIGURES)[number], sample: Sample) =>
    hasFigure(name, sample) ? shown(name, sample[name]) : '—';
  const time = (at: number) => format.dateTime(new Date(at), { timeStyle: 'medium' });
  return (
    <div className="space-y-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <Badge tone={state === 'live' ? 'good' : 'warn'}>{t(`states.${state}`)}</Badge>
        {t('since', { time: time(start.at), count: all.length })}
      </p>
      {problem ? (
        <Notice tone="warn" role="status">
          {problemWords(tProblem, problem, { scope: 'routes:read', status: 0, seconds: 0, lock: '' }).title}
        </Notice>
      ) : null}
      {restarted ? <Notice tone="info">{t('restarted')}</Notice> : null}
      <dl className="grid gap-3 sm:grid-cols-3 lg:grid-cols-5">
        {FIGURES.map((name) => {
          const change = now[name] - start[name];
          return (
            <div key={name} className="min-w-0 rounded border p-3">
              <dt className="text-sm text-muted">{t(`figures.${name}`)}</dt>
              <dd>
                <span className="text-xl font-semibold">{of(name, now)}</span>
                {COUNTERS.has(name) ? (
                  <span className="ml-2 text-sm text-muted">{t('more', { count: Math.max(0, change) })}</span>
                ) : null}
                {all.length > 1 && hasFigure(name, now) ? (
                  <Plot
                    label={t('plot', {
                      figure: t(`figures.${name}`),
                      from: shown(name, start[name]),
                      to: shown(name, now[name]),
                      low: shown(name, Math.min(...all.map((sample) => sample[name]))),
                      high: shown(name, Math.max(...all.map((sample) => sample[name]))),
                    })}
                    points={all.map((sample) => ({ at: sample.at, value: sample[name] }))}
                    {...(name === 'hitRate' ? { top: 100 } : {})}
                  />
                ) : null}
              </dd>
            </div>
          );
        })}
      </dl>
      <details className="rounded border">
        <summary className="min-h-10 px-3 py-2.5 text-sm text-muted">{t('as-table')}</summary>
        <div tabIndex={0} role="region" aria-label={t('as-table')} className="max-h-72 overflow-auto border-t">
          <table className="w-full text-sm">
            <thead>
              <tr>
                <th scope="col" className="px-3 py-1 text-left font-medium text-muted">
                  {t('time')}
                </th>
                {FIGURES.map((name) => (
                  <th key={name} scope="col" className="px-3 py-1 text-right font-medium text-muted">
                    {t(`figures.${name}`)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {all.toReversed().map((sample) => (
                <tr key={sample.at} className="border-t">
                  <th scope="row" className="px-3 py-1 text-left font-normal whitespace-nowrap">
                    {time(sample.at)}
                  </th>
                  {FIGURES.map((name) => (
                    <td key={name} className="px-3 py-1 text-right">
                      {of(name, sample)}
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </details>
    </div>
  );
}

/** Of no lookups there is no rate; Omni says 0. */
function hasFigure(name: (typeof FIGURES)[number], { hits, misses }: Sample): boolean {
  return name !== 'hitRate' || hits + misses > 0;
}
