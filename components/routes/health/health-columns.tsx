'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { ListColumn } from '#components/data-table/columns.ts';
import { TargetCell, type RouteLine } from '#components/routes/list/route-cells.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { useVerdictText } from '#components/ui/verdict/use-verdict-text.ts';
import { verdictLook } from '#components/ui/verdict/verdict-look.ts';
import type { VerdictShown } from '#components/ui/verdict/verdict-text.ts';
import { gravityOf } from '#lib/routes/health/health.ts';
import type { Unhealthy } from '#lib/routes/health/health-line.ts';
import { REASON_LOOKS } from './reason-looks.ts';

/** A route of the list with what is wrong with it, gravest first, and who answers now; null where the check did not come so far. */
export type HealthRow = RouteLine & Pick<Unhealthy, 'findings'> & { now: VerdictShown | null };

export const HEALTH_COLUMNS: readonly ListColumn<HealthRow>[] = [
  { id: 'target', cell: (line) => <TargetCell line={line} />, width: 'grow-2', card: 'title' },
  {
    id: 'instance',
    cell: ({ instance }) => <span className="text-muted">{instance}</span>,
    width: 'md',
    card: 'none',
    from: 'wide',
  },
  { id: 'reason', cell: ({ findings }) => <Reasons findings={findings} />, width: 'grow-3', card: 'detail' },
  { id: 'now', cell: ({ now }) => <Now verdict={now} />, width: 'grow-3', card: 'line' },
];

/** What happens to messages now. */
function Now({ verdict }: { verdict: VerdictShown | null }) {
  const t = useTranslations('routes-health');
  const texts = useVerdictText();
  if (verdict === null) return <span className="text-muted">{t('not-looked')}</span>;
  if (verdict === 'checking')
    return <span role="img" aria-label={texts.sentence(verdict)} className="skeleton late-cell" />;
  const { icon: Icon, ink } = verdictLook(verdict);
  return (
    <span className="list-main">
      <Icon aria-hidden className={`size-4 shrink-0 ${ink}`} />
      <span className="min-w-0 rows:truncate">{texts.sentence(verdict)}</span>
    </span>
  );
}

function Reasons({ findings }: Pick<HealthRow, 'findings'>) {
  const t = useTranslations('routes-health');
  return (
    <span>
      {findings.map(({ reason, values }) => {
        const tone = gravityOf(reason);
        const Icon = REASON_LOOKS[tone].icon;
        return (
          <span key={reason} className="mr-3">
            <Badge tone={tone} icon={<Icon aria-hidden />}>
              {t(`reasons.${reason}.short`)}
            </Badge>{' '}
            <span className="not-widest:hidden">{anyKey(t)(`reasons.${reason}.why`, values)}</span>
          </span>
        );
      })}
    </span>
  );
}
