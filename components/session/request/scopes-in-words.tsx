import { TriangleAlert } from 'lucide-react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import { scopesByPermission } from '#lib/scopes/words.ts';

type Lines = { words: string[]; others: string[] };

/** A key's permissions in words: "Read and write: people, routes", "Read: agents"; and scopes that have no words. */
async function linesOf(scopes: readonly string[] | null): Promise<Lines> {
  const t = await translations('scopes');
  if (scopes === null) return { words: [t('unknown')], others: [] };
  if (scopes.includes('*')) return { words: [t('everything')], others: [] };
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
  if (words.length + others.length === 0) words.push(t('nothing'));
  return { words, others };
}

/** The permissions, a line for each kind. */
export async function ScopesInWords({ scopes }: { scopes: readonly string[] | null }) {
  const [{ words, others }, t] = await Promise.all([linesOf(scopes), translations('scopes')]);
  if (words.length === 1 && others.length === 0) return <p>{words[0]}</p>;
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

/** The same in one line of a list, with a mark where they reach far: everything, or keys. */
export async function ScopesInLine({ scopes }: { scopes: readonly string[] }) {
  const { words, others } = await linesOf(scopes);
  const risky = scopes.includes('*') || scopes.includes('keys:write') || scopes.includes('keys:*');
  // What reaches farthest stands first, where nothing is cut.
  const shown = risky && !scopes.includes('*') ? words.toReversed() : words;
  return (
    <span>
      {risky ? <TriangleAlert aria-hidden className="mr-1 inline size-3.5 text-warn" /> : null}
      {[...shown, ...others].join(' · ')}
    </span>
  );
}
