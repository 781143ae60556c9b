import { RefreshCw } from 'lucide-react';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import { shownKeyName } from '#lib/keys/list/listed-key.ts';
import type { RotationRow } from '#lib/keys/rotate/rotation-state.ts';

/** Rotations in progress, each a link to its page; nothing where there are none. */
export async function RotationsUnderWay({ rows }: { rows: RotationRow[] }) {
  const t = await translations('rotation');
  if (rows.length === 0) return null;
  return (
    <section aria-label={t('in-progress-list')} className="mb-4 rounded border bg-surface">
      <RotationRows rows={rows} />
    </section>
  );
}

export async function RotationRows({ rows }: { rows: RotationRow[] }) {
  const t = await translations('rotation');
  return (
    <ul className="divide-y">
      {rows.map((row) => (
        <LinkRow
          key={row.id}
          href={`/keys/rotate/${row.id}`}
          icon={<RefreshCw aria-hidden className="text-accent-text" />}
          title={t('rotating', { name: shownKeyName({ id: row.oldKeyId, name: row.keyName }) })}
        >
          {row.newPrefix === null ? `${row.oldPrefix}…` : t('from-to', { old: row.oldPrefix, fresh: row.newPrefix })}
          {' · '}
          {row.who}
          {' · '}
          <Time at={row.createdAt} />
        </LinkRow>
      ))}
    </ul>
  );
}
