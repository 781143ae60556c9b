import { anyKey } from '#lib/i18n/any-key.ts';
import { translations } from '#lib/i18n/server.ts';
import type { OmniGeneration } from '#lib/scopes/generations.ts';
import { permissionLines } from '#lib/scopes/permission-lines.ts';
import { shownScope } from '#lib/scopes/table.ts';
import { permissionsOf } from '#lib/scopes/words.ts';

/** `scopes`: null where they are unknown. */
type Props<S> = { scopes: S; generation: OmniGeneration };

/** A key's permissions on this server in words, a line for each kind; scopes that have none stand apart. */
export async function ScopesInWords({ scopes, generation }: Props<readonly string[] | null>) {
  const t = await translations('scopes');
  if (scopes === null) return <p>{t('unknown')}</p>;
  const permissions = permissionsOf(scopes, generation);
  const { wildcards, unknown } = permissions;
  const lines = permissionLines(permissions, anyKey(t));
  if (lines.length === 1 && wildcards.length + unknown.length === 0) return <p>{lines[0]}</p>;
  return (
    <ul className="space-y-1">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
      {wildcards.length > 0 ? (
        <li className="text-muted">{t('later', { count: wildcards.length, scopes: wildcards.join(', ') })}</li>
      ) : null}
      {unknown.length > 0 ? (
        <li>
          {t('unknown-scopes', { count: unknown.length })}{' '}
          <span className="unknown rounded-sm px-1 font-mono text-xs">{unknown.map(shownScope).join(', ')}</span>
        </li>
      ) : null}
    </ul>
  );
}
