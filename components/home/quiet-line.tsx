import { CircleCheck, CircleHelp, LockKeyhole } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { Badge } from '#components/ui/badge.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { CheckId, FinishedCheck } from './check.ts';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';

const LOOKS = {
  well: { icon: CircleCheck, ink: 'text-good' },
  unknown: { icon: CircleHelp, ink: 'text-muted' },
  forbidden: { icon: LockKeyhole, ink: 'text-muted' },
} as const;

const COLUMNS = 'min-w-0 sm:grid sm:grow sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-4';
const LINE = 'flex min-h-16 items-start gap-3 px-4 py-3 sm:min-h-11';

/** A check without a finding: well, unknown or forbidden, each with its word. */
export async function QuietLine({ id, result }: FinishedCheck) {
  const t = await translations('home');
  if (result.is === 'found' || result.is === 'failed') return null;
  const says = result.is === 'forbidden' ? (result.says ?? t('needs-scopes', { scopes: result.scope })) : result.says;
  return (
    <Line look={result.is} title={t(`titles.${id}`)}>
      {result.is === 'unknown' ? <Badge tone="unknown">{t('cannot-tell')}</Badge> : null} {says}{' '}
      {result.is === 'well' && result.more ? (
        <Link href={result.more.href} className="text-accent-text underline underline-offset-2">
          {result.more.label}
        </Link>
      ) : null}
      {result.is === 'forbidden' ? <CopyRequest scope={result.scope} /> : null}
    </Line>
  );
}

type Denied = { id: CheckId; scope: string };

/** All checks that the key has no scope for, in one line. */
export async function ForbiddenLine({ denied }: { denied: readonly Denied[] }) {
  const [t, format] = await Promise.all([translations('home'), formatter()]);
  const scopes = [...new Set(denied.map(({ scope }) => scope))];
  return (
    <Line look="forbidden" title={t('not-checked')}>
      {format.list(denied.map(({ id }) => t(`titles.${id}`)))}. {t('needs-scopes', { scopes: format.list(scopes) })}{' '}
      <CopyRequest scope={scopes.join(', ')} />
    </Line>
  );
}

function Line({ look, title, children }: { look: keyof typeof LOOKS; title: string; children: ReactNode }) {
  const { icon: Icon, ink } = LOOKS[look];
  return (
    <li className={LINE}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <p className={COLUMNS}>
        <b className="block font-medium">{title}</b> <span className="text-muted">{children}</span>
      </p>
    </li>
  );
}

/** The line of a check that has not finished. */
export async function WaitingLine({ id }: { id: CheckId }) {
  const t = await translations('home');
  return (
    <li className={LINE}>
      <div className="skeleton mt-0.5 size-4 shrink-0 rounded-full" />
      <div className={COLUMNS}>
        <b className="block font-medium text-muted">{t(`titles.${id}`)}</b>
        <div className="skeleton mt-1 h-3 w-40">
          <span role="status" className="sr-only">
            {t('checking')}
          </span>
        </div>
      </div>
    </li>
  );
}
