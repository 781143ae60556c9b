import { GitMerge } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';

/** `entry`: the change, where the reader may see it. */
type Merge = { was: string; id: string; name: string; entry: { id: string; who: string; at: number } | null };

/** Says of each id that the address had whom it was merged into, by whom and when; `page`: the person whose page this is. */
export async function MergedNotice({ merges, page }: { merges: readonly Merge[]; page?: string }) {
  const t = await translations('person');
  const link = 'inline-flex min-h-target items-center text-accent-text hover:underline';
  return merges.map(({ was, id, name, entry }) => (
    <p
      key={was}
      role="status"
      className="mb-4 flex flex-wrap items-center gap-x-3 gap-y-1 rounded border border-info/30 bg-info-soft px-3 py-1 text-sm"
    >
      <GitMerge aria-hidden className="size-4 shrink-0 text-info" />
      <span className="min-w-0">
        {t('merged-into', { name })}
        {entry ? (
          <>
            {' '}
            {t('merged-by', { who: entry.who })} <Time at={entry.at} absolute />
          </>
        ) : null}
      </span>
      {page === id ? null : (
        <Link href={`/persons/${id}`} className={link}>
          {t('merged-open')}
        </Link>
      )}
      {entry ? (
        <Link href={`/activity/${entry.id}` as Route} className={link}>
          {t('merged-undo')}
        </Link>
      ) : null}
    </p>
  ));
}
