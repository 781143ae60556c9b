'use client';

import { useTranslations } from 'use-intl/react';
import { agentsOf, type BeginBulk } from '#components/routes/bulk/bulk-actions.tsx';
import type { BulkKind } from '#components/routes/bulk/bulk-dialog.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { MOST_CHANGED, MOST_DELETED } from '#lib/routes/bulk/limits.ts';
import { fixesOf, type Fix } from '#lib/routes/health/fixes.ts';
import type { HealthReason } from '#lib/routes/health/health.ts';
import type { Unhealthy } from '#lib/routes/health/health-line.ts';
import type { RouteRow } from '#lib/routes/list/route-row.ts';
import type { Locked } from '#components/ui/locked/locked.ts';

type Props = {
  reasons: readonly HealthReason[];
  /** All routes with these findings that are shown. */
  rows: readonly RouteRow[];
  /** Why nothing can be changed now. */
  locked: Locked | undefined;
  begin: BeginBulk;
  clear: () => void;
};

/** What mends all routes with a finding at once, each as a change of several routes with its own review. */
export function HealthFixes({ reasons, rows, locked, begin, clear }: Props) {
  const t = useTranslations('routes-health');
  const tList = useTranslations('routes-list');
  const fixes = fixesOf(reasons).flatMap((fix) => changesOf(fix, rows));
  if (fixes.length === 0) return null;
  return (
    <div
      role="group"
      aria-label={t('mend')}
      className="flex flex-wrap items-center gap-2 border-b px-3 py-1.5 cards:px-4"
    >
      {fixes.map(({ kind, of }) => {
        const most = kind.is === 'delete' ? MOST_DELETED : MOST_CHANGED;
        const what = tList(`bulk.${kind.is}`, { name: kind.is === 'replace' ? kind.from.name : '' });
        const values = { what, count: Math.min(of.length, most), total: of.length };
        return (
          <GuardedButton
            key={kind.is === 'replace' ? kind.from.id : kind.is}
            size="sm"
            reason={locked}
            onClick={() => begin({ kind, rows: of.slice(0, most), clear })}
          >
            {t(of.length > most ? 'fix-first' : 'fix', values)}
          </GuardedButton>
        );
      })}
    </div>
  );
}

/** What mends one route: the change for the gravest finding that one mends. */
export function fixOf({ row, findings }: Pick<Unhealthy, 'row' | 'findings'>): BulkKind | null {
  return (
    findings.flatMap(({ reason }) =>
      fixesOf([reason])
        .slice(0, 1)
        .flatMap((fix) => changesOf(fix, [row])),
    )[0]?.kind ?? null
  );
}

type RowFixProps = { kind: BulkKind; start: () => void; locked: Locked | undefined };

/** The change that mends a route, in its row. */
export function RowFix({ kind, start, locked }: RowFixProps) {
  const t = useTranslations('routes-health');
  return (
    <span className="relative z-10">
      <GuardedButton size="sm" reason={locked} onClick={start}>
        {t(`fixes.${kind.is as 'on'}`)}
      </GuardedButton>
    </span>
  );
}

/** Another agent replaces the one that the routes name themselves; those that name none get one. */
function changesOf(fix: Fix, rows: readonly RouteRow[]): { kind: BulkKind; of: readonly RouteRow[] }[] {
  // The console can't write the values of the older generation's routes.
  const written = rows.filter(({ agentState }) => agentState !== 'older');
  if (fix === 'clear') return written.length > 0 ? [{ kind: { is: fix }, of: written }] : [];
  if (fix !== 'agent') return [{ kind: { is: fix }, of: rows }];
  const replaced = agentsOf(written).map(({ id, name, of }) => ({
    kind: { is: 'replace' as const, from: { id, name } },
    of,
  }));
  const named = new Set(replaced.flatMap(({ of }) => of));
  const rest = written.filter((row) => !named.has(row));
  return rest.length > 0 ? [...replaced, { kind: { is: 'agent' }, of: rest }] : replaced;
}
