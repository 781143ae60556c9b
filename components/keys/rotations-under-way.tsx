import { ArrowRight, RefreshCw } from 'lucide-react';
import Link from 'next/link';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { RotationRow } from '#lib/keys/rotation-state.ts';

/** Rotations that have not ended, each a way back to its board; nothing where there are none. */
export async function RotationsUnderWay({ rows }: { rows: RotationRow[] }) {
  const t = await translations('rotation');
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('under-way-list')} className="mb-4 rounded border bg-surface">
      <ul className="divide-y">
        {rows.map((row) => (
          <li key={row.id}>
            <Link
              href={`/keys/rotate/${row.id}`}
              prefetch={false}
              className="flex min-h-11 items-center gap-3 px-4 py-2 hover:bg-hover"
            >
              <RefreshCw aria-hidden className="size-4 shrink-0 text-accent-text" />
              <span className="min-w-0 grow">
                <b className="font-medium">{t('rotating', { name: row.keyName })}</b>{' '}
                <span className="text-sm text-muted">
                  {row.newPrefix === null
                    ? `${row.oldPrefix}…`
                    : t('from-to', { old: row.oldPrefix, fresh: row.newPrefix })}
                  {' · '}
                  {row.who}
                  {' · '}
                  <Time at={row.createdAt} />
                </span>
              </span>
              <ArrowRight aria-hidden className="size-4 shrink-0 text-muted" />
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
