import { Link } from '#components/ui/link.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import type { BlockedPeople, BlockedText } from '#lib/persons/directory/blocked-people.ts';

const MOST = 5;
const KINDS = [
  ['phone', 'nobody'],
  ['handle', 'nobody'],
  ['phone', 'not-all'],
  ['handle', 'not-all'],
] as const;

/** What is blocked besides the people whom the list of blocked people shows: phones and handles without a person, and whole instances. */
export async function BlockedBesides({ texts, allowlists }: Pick<BlockedPeople, 'texts' | 'allowlists'>) {
  const [t, format] = await Promise.all([translations('people-index'), formatter()]);
  const list = (all: readonly BlockedText[]) => {
    const some = [...new Set(all.map(({ text }) => text))];
    const rest = some.length - MOST;
    return format.list([...some.slice(0, MOST), ...(rest > 0 ? [t('more', { count: rest })] : [])]);
  };
  const lines = KINDS.flatMap(([by, whom]) => {
    const all = texts.filter((one) => one.by === by && one.whom === whom);
    return all.length > 0 ? [t(`blocked-${whom}`, { by, which: list(all) })] : [];
  });
  if (lines.length + allowlists.length === 0) return null;
  return (
    <p className="border-b px-4 py-1 text-sm break-words text-muted">
      {[...lines, ...allowlists.map((instance) => t('allowlist', { instance }))].join(' ')}{' '}
      {lines.length > 0 ? (
        <Link href="/persons/access-rules?does=blocks" className="text-accent-text underline underline-offset-2">
          {t('rules')}
        </Link>
      ) : null}
    </p>
  );
}
