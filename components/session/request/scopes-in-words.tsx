import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import { scopesByPermission } from '#lib/scopes/words.ts';

/** A key's permissions in words: "Read and write: people, routes", "Read: agents". */
export async function ScopesInWords({ scopes }: { scopes: readonly string[] | null }) {
  const t = await translations('scopes');
  if (scopes === null) return <p>{t('unknown')}</p>;
  if (scopes.includes('*')) return <p>{t('everything')}</p>;
  const { readAndWrite, writeOnly, read, send, manageKeys, others } = scopesByPermission(scopes);
  const word = (resource: string) => anyKey(t)(`resources.${resource}`) ?? resource;
  const join = (names: string[]) => names.map(word).join(', ');
  const words = [
    readAndWrite.length > 0 && t('read-and-write', { what: join(readAndWrite) }),
    writeOnly.length > 0 && t('write-only', { what: join(writeOnly) }),
    read.length > 0 && t('read', { what: join(read) }),
    send && t('send'),
    manageKeys && t('manage-keys'),
  ].filter((line) => line !== false);
  if (words.length + others.length === 0) return <p>{t('nothing')}</p>;
  return (
    <ul className="space-y-1">
      {words.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {others.length > 0 ? (
        <li>
          {t('others')} <span className="font-mono text-xs">{others.join(', ')}</span>
        </li>
      ) : null}
    </ul>
  );
}
