import { LinkRow } from '#components/ui/link-row.tsx';
import { translations } from '#lib/i18n/server.ts';
import { gravityOf, type HealthReason } from '#lib/routes/health/health.ts';
import { REASON_LOOKS } from './reason-looks.ts';

/** How many routes have each reason, with a link to those routes. */
export async function ReasonRows({ counts }: { counts: { reason: HealthReason; count: number }[] }) {
  const t = await translations('routes-health');
  return (
    <ul className="divide-y">
      {counts.map(({ reason, count }) => {
        const { icon: Icon, ink } = REASON_LOOKS[gravityOf(reason)];
        return (
          <LinkRow
            key={reason}
            href={`/routes/health?reason=${reason}`}
            icon={<Icon aria-hidden className={ink} />}
            title={t(`reasons.${reason}.short`)}
          >
            {t('routes', { count })}
          </LinkRow>
        );
      })}
    </ul>
  );
}
