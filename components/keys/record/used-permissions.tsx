import { CircleHelp } from 'lucide-react';
import type { ReactNode } from 'react';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import { requestSay } from '#components/operations/receipt/request-say.ts';
import { notLogged, type PermissionUse } from '#lib/keys/record/permission-use.ts';
import type { NotSeen, Seen } from '#lib/omni/seen.ts';
import { RemoveUnused } from './remove-unused.tsx';
import type { Locked } from '#components/ui/locked/locked.ts';

type Props = {
  id: string;
  use: Seen<PermissionUse>;
  /** Why nothing can be taken from the key. */ locked: Locked | undefined;
};

/** Which of a key's permissions its requests needed, which never, and what to do about it. Needs `key-record`, `operations`, `form`, `problems`, `ui`. */
export async function UsedPermissions({ id, use: seen, locked }: Props) {
  const [t, format, say] = await Promise.all([translations('key-record'), formatter(), requestSay()]);
  if (seen.is !== 'value') return <NotSeenLine plain part="requests" seen={seen satisfies NotSeen} />;
  const { used, older, unused, unmapped, kept, requestsRead: requests, since, whole } = seen.value;
  if (since === null) return <p className="text-muted">{t('no-requests')}</p>;
  const held = used.length + older.length + unused.length;
  const unknown = notLogged(seen.value);
  return (
    <div className="space-y-2">
      <p>
        {t(whole ? 'used-of-all' : 'used-of-newest', {
          used: used.length,
          held,
          requests,
          since: format.dateTime(new Date(since), { dateStyle: 'medium' }),
        })}
      </p>
      {unknown.map((text) => (
        <p key={text.key} className="flex gap-2 text-muted">
          <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
          {say(text)}
        </p>
      ))}
      {unmapped ? (
        <p className="flex gap-2 text-muted">
          <CircleHelp aria-hidden className="mt-0.5 size-4 shrink-0" />
          <span>
            {t('unmapped', { count: unmapped.requests, call: `${unmapped.example.method} ${unmapped.example.path}` })}
          </span>
        </p>
      ) : null}
      {used.length > 0 ? (
        <ul className="flex flex-wrap gap-1">
          {used.map(({ scope, requests: count }) => (
            <Scope key={scope}>
              {scope} <span className="text-muted">{format.number(count)}</span>
            </Scope>
          ))}
        </ul>
      ) : null}
      {older.length > 0 && !unmapped ? (
        <ScopeList title={t('older', { count: older.length })} scopes={older} help={t('older-help')} />
      ) : null}
      {unused.length > 0 ? (
        <ScopeList
          title={t(unknown.length > 0 ? 'not-on-record' : 'never-used', { count: unused.length })}
          scopes={unused}
        />
      ) : null}
      <RemoveUnused
        id={id}
        count={kept.length > 0 ? unused.length : 0}
        kept={kept}
        locked={locked}
        quiet={unknown.length > 0}
      />
    </div>
  );
}

function ScopeList({ title, scopes, help }: { title: string; scopes: readonly string[]; help?: string }) {
  return (
    <details>
      <summary className="min-h-8 py-1 text-sm text-muted">{title}</summary>
      {help ? <p className="text-sm text-muted">{help}</p> : null}
      <ul className="mt-1 flex flex-wrap gap-1">
        {scopes.map((scope) => (
          <Scope key={scope}>{scope}</Scope>
        ))}
      </ul>
    </details>
  );
}

function Scope({ children }: { children: ReactNode }) {
  return <li className="rounded-sm bg-inset px-1.5 py-0.5 font-mono text-xs">{children}</li>;
}
