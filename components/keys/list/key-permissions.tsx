import type { ReactNode } from 'react';
import { Card } from '#components/ui/card.tsx';
import { Facts } from '#components/ui/facts.tsx';
import { translations } from '#lib/i18n/server.ts';
import { isKnownScope, shownScope } from '#lib/scopes/table.ts';
import type { Key } from '#lib/omni/schemas/keys.ts';
import { InstanceWords } from './key-words.tsx';

type Props = {
  held: Pick<
    Key,
    'scopes' | 'profile' | 'instanceIds' | 'instanceAllowlist' | 'chatAllowlist' | 'outboundRecipientAllowlist'
  >;
  names: ReadonlyMap<string, string>;
  /** The permissions in words. */
  words: ReactNode;
  /** What of them its requests needed. */
  use?: ReactNode;
  /** It is a part of the key's record. */
  plain?: boolean;
};

/** A key's permissions and instances: in words, then as scopes. */
export async function KeyPermissions({ held, names, words, use, plain }: Props) {
  const t = await translations('key');
  const unknown = held.scopes.some((scope) => !isKnownScope(scope));
  // The words of full access name its one scope.
  const inWords = held.scopes.length === 1 && held.scopes[0] === '*';
  const locks = (['instanceAllowlist', 'chatAllowlist', 'outboundRecipientAllowlist'] as const).filter(
    (lock) => held[lock].length > 0,
  );
  return (
    <Card plain={plain} id="permissions" title={t('permissions')}>
      <div className="space-y-4">
        {words}
        {unknown ? <p className="text-sm text-muted">{t('unknown-scopes-help')}</p> : null}
        {inWords ? null : (
          <details>
            <summary className="min-h-8 py-1 text-sm text-muted">
              {t('as-scopes', { count: held.scopes.length })}
            </summary>
            <ul className="mt-1 flex flex-wrap gap-1">
              {held.scopes.map((scope) => (
                <li key={scope} className="rounded-sm bg-inset px-1.5 py-0.5 font-mono text-xs">
                  {shownScope(scope)}
                </li>
              ))}
            </ul>
          </details>
        )}
        {use}
        <Facts
          items={[
            ...(held.profile === null ? [] : [[t('profile'), held.profile] as const]),
            [t('instances'), <InstanceWords key="i" instances={held.instanceIds} names={names} most={50} />],
            ...locks.map(
              (lock) =>
                [
                  t(`locks.${lock}`),
                  lock === 'instanceAllowlist' ? (
                    <InstanceWords key={lock} instances={held[lock]} names={names} most={50} />
                  ) : (
                    <span key={lock} className="font-mono text-xs">
                      {held[lock].join(', ')}
                    </span>
                  ),
                ] as const,
            ),
          ]}
        />
        {held.instanceIds !== null ? <p className="text-sm text-muted">{t('instances-help')}</p> : null}
        {locks.length > 0 ? <p className="text-sm text-muted">{t('locks-help')}</p> : null}
      </div>
    </Card>
  );
}
