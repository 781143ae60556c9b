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
import type { BulkKind } from '#components/routes/bulk/bulk-dialog.tsx';
import { RowFix } from './health-fixes.tsx';
import { REASON_LOOKS } from './reason-looks.ts';

/**
 * A route of the list with what is wrong with it, gravest first, who answers now (null where the check did not come so far), and
 * what mends it.
 */
export type HealthRow = RouteLine &
  Pick<Unhealthy, 'findings'> & { now: VerdictShown | null; fix: { kind: BulkKind; start: () => void } | null };

export const HEALTH_COLUMNS: readonly ListColumn<HealthRow>[] = [
  { id: 'target', cell: (line) => <TargetCell line={line} />, width: 'grow-2', card: 'title' },
  {
    id: 'instance',
    cell: ({ instance }) => <span className="text-muted">{instance}</span>,
    width: 'md',
    card: 'none',
    from: 'wide',
  },
  { id: 'reason', cell: ({ findings }) => <Reasons findings={findings} />, width: 'grow-3', wraps: true, card: 'line' },
  { id: 'now', cell: ({ now }) => <Now verdict={now} />, width: 'grow-2', wraps: true, card: 'line' },
  {
    id: 'fix',
    quiet: true,
    cell: ({ fix, locked }) => (fix ? <RowFix {...fix} locked={locked} /> : null),
    width: 'lg',
    right: true,
    card: 'line',
  },
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
      <span className="min-w-0">{texts.sentence(verdict)}</span>
    </span>
  );
}

function Reasons({ findings }: Pick<HealthRow, 'findings'>) {
  const t = useTranslations('routes-health');
  return (
    <span className="grid gap-1">
      {findings.map(({ reason, values }) => {
        const tone = gravityOf(reason);
        const Icon = REASON_LOOKS[tone].icon;
        return (
          <span key={reason}>
            <Badge tone={tone} icon={<Icon aria-hidden />}>
              {t(`reasons.${reason}.short`)}
            </Badge>{' '}
            <span>{anyKey(t)(`reasons.${reason}.why`, values)}</span>
          </span>
        );
      })}
    </span>
  );
}
