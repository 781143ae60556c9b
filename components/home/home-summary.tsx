import { CircleAlert, CircleCheck, CircleHelp, RotateCw, TriangleAlert } from 'lucide-react';
import { formatter, requestIntl, translations } from '#lib/i18n/server.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { summarize, type CheckId, type HomeCheck } from './check.ts';

const LOOKS = {
  needs: { icon: TriangleAlert, ink: 'text-warn' },
  'nothing-found': { icon: CircleHelp, ink: 'text-muted' },
  'well-limited': { icon: CircleCheck, ink: 'text-good' },
  well: { icon: CircleCheck, ink: 'text-good' },
} as const;
const GRAVE = { icon: CircleAlert, ink: 'text-danger' };

/** All checks in one sentence, and when they ran. It waits for every check, since only then is it true. */
export async function HomeSummary({ checks }: { checks: HomeCheck[] }) {
  const all = await Promise.all(checks.map(async ({ id, result }) => ({ id, result: await result })));
  const [t, format, { now }] = await Promise.all([translations('home'), formatter(), requestIntl()]);
  const { needs, unknown, limited, grave } = summarize(all);
  const names = (ids: CheckId[]) => format.list(ids.map((id) => t(`names.${id}`)));
  const summary = needs.length > 0 ? 'needs' : unknown.length > 0 ? 'nothing-found' : limited ? 'well-limited' : 'well';
  const { icon: Icon, ink } = grave ? GRAVE : LOOKS[summary];
  const time = format.dateTime(now, { hour: 'numeric', minute: '2-digit', timeZoneName: 'short' });
  return (
    <div className="mb-4 flex min-h-14 items-start gap-3">
      <Icon aria-hidden className={`mt-0.5 size-6 shrink-0 ${ink}`} />
      <div role="status" className="min-w-0 grow">
        <p className="text-lg font-semibold">{t(`summary.${summary}`, { names: names(needs) })}</p>
        <p className="mt-1 text-sm text-muted">
          {[t('checked', { time }), ...(unknown.length > 0 ? [t('incomplete', { names: names(unknown) })] : [])].join(
            ' ',
          )}
        </p>
      </div>
      <a href="/" className={buttonClass({ size: 'sm' })}>
        <RotateCw aria-hidden className="size-3.5" />
        <span className="max-sm:sr-only">{t('refresh')}</span>
      </a>
    </div>
  );
}

/** The space of the summary until it is known. */
export async function HomeSummarySkeleton() {
  const t = await translations('home');
  return (
    <div className="mb-4 flex min-h-14 items-start gap-3">
      <div className="skeleton mt-0.5 size-6 shrink-0 rounded-full" />
      <p role="status" className="text-lg font-semibold text-muted">
        {t('checking')}
      </p>
    </div>
  );
}
