import { translations } from '#lib/i18n/server.ts';
import { scopesByRight } from '#lib/scopes/words.ts';

/** The scopes of a key in words ("Reads and changes people, routes. Reads agents."). */
export async function ScopesInWords({ scopes }: { scopes: readonly string[] | null }) {
  const t = await translations('scopes');
  if (scopes === null) return <p>{t('unknown')}</p>;
  if (scopes.includes('*')) return <p>{t('everything')}</p>;
  const { changes, reads, others } = scopesByRight(scopes);
  const word = (resource: string) =>
    t.has(`resources.${resource}` as never) ? t(`resources.${resource}` as never) : resource;
  const join = (names: string[]) => names.map(word).join(', ');
  if (changes.length + reads.length + others.length === 0) return <p>{t('nothing')}</p>;
  return (
    <ul className="space-y-1">
      {changes.length > 0 ? <li>{t('changes', { what: join(changes) })}</li> : null}
      {reads.length > 0 ? <li>{t('reads', { what: join(reads) })}</li> : null}
      {others.length > 0 ? (
        <li>
          {t('others')} <span className="font-mono text-xs">{others.join(', ')}</span>
        </li>
      ) : null}
    </ul>
  );
}
