import { CircleAlert, CircleHelp, Info, TriangleAlert } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { problemWords } from '#lib/i18n/any-key.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { CheckResult, FinishedCheck } from './check.ts';

const LOOKS = {
  danger: { icon: CircleAlert, ink: 'text-danger' },
  warn: { icon: TriangleAlert, ink: 'text-warn' },
  info: { icon: Info, ink: 'text-info' },
  failed: { icon: CircleHelp, ink: 'text-warn' },
} as const;

type Failed = Extract<CheckResult, { is: 'failed' }>;

/** A finding or a failed check: a region with a link to where it can be fixed. */
export async function Finding({ id, result }: FinishedCheck) {
  const t = await translations('home');
  if (result.is !== 'found' && result.is !== 'failed') return null;
  const look = result.is === 'found' ? result.urgency : result.grave ? 'danger' : 'failed';
  const { icon: Icon, ink } = LOOKS[look];
  const heading = `home-${id}`;
  const { more = undefined } = result.is === 'found' ? result : {};
  return (
    <section aria-labelledby={heading} className="rounded border bg-surface">
      <header className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1 border-b px-4 py-2">
        <div className="flex min-w-0 flex-1 basis-56 items-center gap-3">
          <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
          <h2 id={heading} className="min-w-0">
            {t(result.is === 'found' ? `found.${id}` : `failed.${id}`)}
          </h2>
        </div>
        {more ? (
          <Link href={more.href} className={buttonClass({ size: 'sm' })}>
            {more.label}
          </Link>
        ) : null}
        {result.is === 'failed' ? (
          <a href="/" className={buttonClass({ size: 'sm' })}>
            {t('retry')}
          </a>
        ) : null}
      </header>
      {result.is === 'failed' ? <FailedCheck problem={result.problem} /> : result.body}
      {result.is === 'found' && result.unsure ? (
        <p className="border-t px-4 py-2 text-sm text-muted">{result.unsure}</p>
      ) : null}
    </section>
  );
}

async function FailedCheck({ problem: { code, values } }: Pick<Failed, 'problem'>) {
  const [t, tUi] = await Promise.all([translations('problems'), translations('ui')]);
  const { title, help } = problemWords(t, code, values);
  const reference = values?.reference;
  return (
    <div className="px-4 py-3">
      <p>
        <b className="font-medium">{title}.</b> <span className="text-muted">{help}</span>
      </p>
      {reference ? (
        <p className="mt-1 font-mono text-xs text-muted">{tUi('reference', { id: String(reference) })}</p>
      ) : null}
    </div>
  );
}
