import { CircleCheck, CircleHelp, LockKeyhole } from 'lucide-react';
import { translations } from '#lib/i18n/server.ts';
import type { CheckId, Known } from './check.ts';

const LOOKS = {
  well: { icon: CircleCheck, ink: 'text-good' },
  unknown: { icon: CircleHelp, ink: 'text-muted' },
  forbidden: { icon: LockKeyhole, ink: 'text-muted' },
} as const;

const LINE = 'flex min-h-16 items-start gap-3 px-4 py-3 sm:min-h-11';

/** A look that asks nothing of anybody: well, unknown, or not allowed, each with its word. */
export async function QuietLine({ id, result }: Known) {
  const t = await translations('home');
  if (result.is === 'found' || result.is === 'failed') return null;
  const { icon: Icon, ink } = LOOKS[result.is];
  return (
    <div className={LINE}>
      <Icon aria-hidden className={`mt-0.5 size-4 shrink-0 ${ink}`} />
      <p className="min-w-0 sm:grid sm:grow sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-4">
        <b className="block font-medium">{t(`titles.${id}`)}</b>
        <span
          className={result.is === 'unknown' ? 'unknown justify-self-start rounded-sm px-1 text-muted' : 'text-muted'}
        >
          {result.says}
        </span>
      </p>
    </div>
  );
}

/** The same line while nobody knows yet. */
export async function WaitingLine({ id }: { id: CheckId }) {
  const t = await translations('home');
  return (
    <div className={LINE} role="status" aria-label={t('looking-at', { what: t(`names.${id}`) })}>
      <div className="skeleton mt-0.5 size-4 shrink-0 rounded-full" />
      <div className="sm:grid sm:grow sm:grid-cols-[9rem_minmax(0,1fr)] sm:gap-x-4">
        <b aria-hidden className="block font-medium text-muted">
          {t(`titles.${id}`)}
        </b>
        <div className="skeleton mt-1 h-3 w-40" />
      </div>
    </div>
  );
}
