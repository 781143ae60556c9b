import { KeyRound } from 'lucide-react';
import type { CheckResult } from '#components/home/check.ts';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Time } from '#components/ui/time.tsx';
import { translations } from '#lib/i18n/server.ts';
import { unshownKeys } from '#lib/keys/form/unshown-keys.ts';
import type { Signed } from '#lib/session/request/guard.ts';
import { inStore, lacking, notAllowed } from './outcome.ts';

export function checkUnshownKeys({ omni, session }: Signed): Promise<CheckResult> {
  const scope = lacking(session.scopes, 'keys:read');
  if (scope) return notAllowed(scope);
  return inStore(async (db) => {
    const [rows, t] = await Promise.all([unshownKeys(db, omni, session.server.id), translations('home')]);
    if (rows.length === 0) return { is: 'well', says: t('unshown.well') };
    return {
      is: 'found',
      urgency: 'warn',
      body: (
        <ul className="divide-y">
          {rows.map(({ id, name, sentAt }) => (
            <LinkRow key={id} href={`/keys/${id}`} icon={<KeyRound aria-hidden className="text-warn" />} title={name}>
              {t('unshown.what')} · <Time at={sentAt} />
            </LinkRow>
          ))}
        </ul>
      ),
    };
  });
}
