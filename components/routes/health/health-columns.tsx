'use client';

import { CircleAlert, Info, TriangleAlert } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { ListColumn } from '#components/data-table/columns.ts';
import { TargetCell, type RouteLine } from '#components/routes/list/route-cells.tsx';
import { Badge } from '#components/ui/badge.tsx';
import { gravityOf } from '#lib/routes/health/health.ts';
import type { Unhealthy } from '#lib/routes/health/health-line.ts';

/** A route of the list with what is wrong with it, gravest first. */
export type HealthRow = RouteLine & Pick<Unhealthy, 'findings'>;

const ICONS = { danger: CircleAlert, warn: TriangleAlert, info: Info };

export const HEALTH_COLUMNS: readonly ListColumn<HealthRow>[] = [
  { id: 'target', cell: (line) => <TargetCell line={line} />, width: 'grow', card: 'title' },
  { id: 'instance', cell: ({ instance }) => <span className="text-muted">{instance}</span>, width: 'lg', card: 'end' },
  { id: 'reason', cell: ({ findings }) => <Reasons findings={findings} />, width: 'grow-3', card: 'detail' },
];

function Reasons({ findings }: Pick<HealthRow, 'findings'>) {
  const t = useTranslations('routes-health');
  return (
    <span>
      {findings.map(({ reason, values }) => {
        const tone = gravityOf(reason);
        const Icon = ICONS[tone];
        return (
          <span key={reason} className="mr-3">
            <Badge tone={tone} icon={<Icon aria-hidden />}>
              {t(`reasons.${reason}.short`)}
            </Badge>{' '}
            {anyKey(t)(`reasons.${reason}.why`, values)}
          </span>
        );
      })}
    </span>
  );
}
