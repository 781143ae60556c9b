'use client';

import { CircleAlert, CircleCheck, CircleStop, Download, FileDown, LoaderCircle, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useFormatter, useTranslations } from 'use-intl/react';
import { problemWords } from '#lib/i18n/any-key.ts';
import { Button, buttonClass } from '#components/ui/button.tsx';
import { CopyId } from '#components/ui/copy-id.tsx';
import { FileLink } from '#components/ui/file-link.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { ExportView } from '#lib/keys/requests/audit-export.ts';
import type { AuditFilter } from '#lib/keys/requests/audit-filter.ts';
import { useExports, type ExportActions } from './use-exports.ts';

type Props = {
  keyId: string;
  /** The filter of a new copy; null where no copy can be made any more. */
  filter: AuditFilter | null;
  first: ExportView[];
  zone: string;
  now: number;
  actions: ExportActions;
};

const ICONS = {
  running: { icon: LoaderCircle, ink: 'text-accent-text animate-spin' },
  done: { icon: CircleCheck, ink: 'text-good' },
  stopped: { icon: CircleStop, ink: 'text-warn' },
  failed: { icon: CircleAlert, ink: 'text-danger' },
  interrupted: { icon: CircleAlert, ink: 'text-warn' },
} as const;

/** Copies of a key's requests, made in the background: started, stopped, continued, downloaded and deleted. */
export function AuditExports({ keyId, filter, first, zone, now, actions }: Props) {
  const t = useTranslations('key-audit');
  const exports = useExports(keyId, first, actions);
  const filtered = filter !== null && Object.keys(filter).length > 0;
  return (
    <section id="copies" aria-labelledby="copies-title" className="rounded border bg-surface">
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
        <h2 id="copies-title">{t('copies')}</h2>
        {filter ? (
          <Button size="sm" onClick={() => void exports.start(filter)}>
            <FileDown aria-hidden className="size-4" />
            {t(filtered ? 'copy-filtered' : 'copy-all')}
          </Button>
        ) : null}
      </header>
      {exports.problem ? <Failure problem={exports.problem} /> : null}
      {exports.all.length === 0 ? (
        <p className="p-4 text-muted">{t('copies-empty')}</p>
      ) : (
        <ul className="divide-y">
          {exports.all.map((view) => (
            <ExportItem key={view.id} view={view} zone={zone} now={now} exports={exports} keyGone={filter === null} />
          ))}
        </ul>
      )}
      <p className="border-t px-4 py-2 text-sm text-muted">{t('copies-help')}</p>
    </section>
  );
}

type ExportItemProps = {
  view: ExportView;
  zone: string;
  now: number;
  exports: ReturnType<typeof useExports>;
  keyGone: boolean;
};

function ExportItem({ view, zone, now, exports, keyGone }: ExportItemProps) {
  const t = useTranslations('key-audit');
  const format = useFormatter();
  const [asking, setAsking] = useState(false);
  const { icon: Icon, ink } = ICONS[view.status];
  const running = view.status === 'running';
  const until = format.dateTime(view.until, { dateStyle: 'medium', timeStyle: 'medium', timeZone: zone });
  const waits = running && view.waitsUntil !== null && view.waitsUntil > now;
  return (
    <li className="grid gap-2 px-4 py-3" aria-busy={running}>
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="flex min-w-0 items-center gap-2">
          <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
          <span role={running ? undefined : 'status'}>
            <b className="font-medium">{t(`export-states.${view.status}`)}</b>{' '}
            <span className="text-muted">{t('copy-of', { until, who: view.who })}</span>
          </span>
        </p>
        <div className="flex flex-wrap gap-2">
          {running ? (
            <Button size="sm" disabled={view.stopRequested} onClick={() => void exports.stop(view.id)}>
              {t(view.stopRequested ? 'stopping' : 'stop')}
            </Button>
          ) : null}
          {view.status === 'stopped' || view.status === 'failed' || view.status === 'interrupted' ? (
            <Button size="sm" onClick={() => void exports.resume(view.id)}>
              {t('continue')}
            </Button>
          ) : null}
          {running ? null : (
            <Button
              size="icon"
              variant="ghost"
              aria-label={t('delete')}
              title={t('delete')}
              aria-expanded={asking}
              onClick={() => setAsking(true)}
            >
              <Trash2 aria-hidden className="size-4" />
            </Button>
          )}
        </div>
      </div>
      {asking ? (
        <Notice
          tone="warn"
          role="alert"
          title={t(keyGone ? 'delete-sure-gone' : 'delete-sure')}
          actions={
            <>
              <Button size="sm" onClick={() => setAsking(false)}>
                {t('keep-copy')}
              </Button>
              <Button size="sm" variant="danger" onClick={() => void exports.remove(view.id)}>
                {t('delete-copy')}
              </Button>
            </>
          }
        >
          {t(keyGone ? 'delete-sure-gone-help' : 'delete-sure-help')}
        </Notice>
      ) : null}
      <FilterOf filter={view.filter} zone={zone} />
      {view.status === 'done' ? null : (
        <>
          <progress
            aria-label={t('progress')}
            value={view.total === null ? undefined : view.requestsRead}
            max={view.total ?? undefined}
            className="h-2 w-full accent-(--accent)"
          />
          <p className="text-sm text-muted">
            {view.total === null
              ? t('progress-some', { read: view.requestsRead })
              : t('progress-of', { read: view.requestsRead, total: view.total })}
            {waits ? ` · ${t('waits')}` : ''}
          </p>
        </>
      )}
      {view.problem ? <Failure problem={view.problem} /> : null}
      {view.unsure ? <Notice tone="warn">{t('unsure')}</Notice> : null}
      {view.files ? <Files view={view} /> : null}
      {view.files ? (
        <p className="text-sm text-muted">
          {view.downloadedAt === null
            ? t('not-downloaded')
            : t('downloaded', {
                at: format.dateTime(view.downloadedAt, { dateStyle: 'medium', timeStyle: 'short', timeZone: zone }),
              })}
        </p>
      ) : null}
    </li>
  );
}

function Files({ view }: { view: ExportView }) {
  const t = useTranslations('key-audit');
  const format = useFormatter();
  if (!view.files) return null;
  return (
    <dl className="grid gap-x-4 gap-y-2 sm:grid-cols-[auto_1fr]">
      {(['csv', 'json'] as const).map((kind) => {
        const file = view.files?.[kind];
        if (!file) return null;
        return (
          <div key={kind} className="contents">
            <dt>
              <FileLink
                href={`/api/keys/exports/${view.id}/file?format=${kind}`}
                className={buttonClass({ size: 'sm' })}
              >
                <Download aria-hidden className="size-4" />
                {kind.toUpperCase()}
              </FileLink>
            </dt>
            <dd className="flex min-w-0 flex-wrap items-center gap-x-3 text-sm text-muted">
              <span>{t('file', { requests: view.kept, size: format.number(Math.ceil(file.bytes / 1024)) })}</span>
              <span className="inline-flex min-w-0 items-center gap-1">
                SHA-256 <CopyId value={file.sha256} label={`SHA-256 ${kind}`} keep={12} />
              </span>
            </dd>
          </div>
        );
      })}
    </dl>
  );
}

function FilterOf({ filter, zone }: { filter: AuditFilter; zone: string }) {
  const t = useTranslations('key-audit');
  const format = useFormatter();
  const parts = (['path', 'status', 'method', 'ip', 'since', 'until'] as const).flatMap((name) => {
    const value = filter[name];
    if (value === undefined) return [];
    const shown =
      name === 'since' || name === 'until'
        ? format.dateTime(new Date(value), { dateStyle: 'short', timeStyle: 'short', timeZone: zone })
        : value;
    return [`${t(name)}: ${shown}`];
  });
  return parts.length > 0 ? <p className="text-sm text-muted">{parts.join(' · ')}</p> : null;
}

function Failure({ problem }: { problem: { code: string; values?: Record<string, string | number> } }) {
  const t = useTranslations('problems');
  const values = { scope: '', seconds: 0, status: 0, lock: '', step: '', ...problem.values };
  const { title, help } = problemWords(t, problem.code, values);
  return (
    <Notice tone="danger" role="alert" title={title} className="m-2">
      {help}
    </Notice>
  );
}
