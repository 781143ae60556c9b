import { CircleAlert, CircleCheck, CircleHelp, RotateCw, TriangleAlert } from 'lucide-react';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { verdictOf, type Check, type CheckId } from './check.ts';

const LOOKS = {
  needs: { icon: TriangleAlert, ink: 'text-warn' },
  'nothing-found': { icon: CircleHelp, ink: 'text-muted' },
  'well-seen': { icon: CircleCheck, ink: 'text-good' },
  well: { icon: CircleCheck, ink: 'text-good' },
} as const;
const GRAVE = { icon: CircleAlert, ink: 'text-danger' };

/** Everything in one sentence, and when what was looked at. Waits for all of it: only then is it true. */
export async function Verdict({ checks }: { checks: Check[] }) {
  const all = await Promise.all(checks.map(async ({ id, result }) => ({ id, result: await result })));
  const [t, format, { now }] = await Promise.all([translations('home'), formatter(), requestIntl()]);
  const { needs, unknown, forbidden, seen, limited, grave } = verdictOf(all);
  const names = (ids: CheckId[]) => format.list(ids.map((id) => t(`names.${id}`)));
  const says = needs.length > 0 ? 'needs' : unknown.length > 0 ? 'nothing-found' : limited ? 'well-seen' : 'well';
  const { icon: Icon, ink } = grave ? GRAVE : LOOKS[says];
  const time = format.dateTime(now, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
  return (
    <div className="mb-4 flex min-h-14 items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-6 shrink-0 ${ink}`} />
      <div role="status" className="min-w-0 grow">
        <p className="text-lg font-semibold">{t(`verdict.${says}`, { names: names(needs) })}</p>
        <p className="mt-1 text-sm text-muted">
          {[
            ...(seen.length > 0 ? [t('seen', { time, names: names(seen) })] : [t('seen-nothing', { time })]),
            ...(unknown.length > 0 ? [t('unknown', { names: names(unknown) })] : []),
            ...(forbidden.length > 0 ? [t('forbidden', { names: names(forbidden) })] : []),
          ].join(' ')}
        </p>
      </div>
      <a href="/" className={buttonClass({ size: 'sm' })}>
        <RotateCw aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{t('again')}</span>
      </a>
    </div>
  );
}

/** The room the sentence will take. */
export async function VerdictToCome() {
  const t = await translations('home');
  return (
    <div className="mb-4 flex min-h-14 items-start gap-3">
      <div className="skeleton mt-0.5 size-6 shrink-0 rounded-full" />
      <p role="status" className="text-lg font-semibold text-muted">
        {t('looking')}
      </p>
    </div>
  );
}
