import { KeyRound, LockKeyhole, SearchX } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { Problem } from '#components/ui/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { seeKey, type SeenKey } from '#lib/omni/own-key.ts';
import { idOf } from '#lib/omni/path.ts';
import { requireSession, type Signed } from '#lib/session/guard.ts';
import { allows } from '#lib/session/scopes.ts';

type Needed = 'keys:read' | 'keys:write';

/** Says which right is missing. */
export async function KeysForbidden({ scope }: { scope: Needed }) {
  const t = await translations('keys');
  return (
    <ListState icon={LockKeyhole} title={t(scope === 'keys:read' ? 'forbidden' : 'forbidden-write')}>
      {t('forbidden-help', { scope })}
    </ListState>
  );
}

/**
 * The key of a page, or the page that says why there is none. Whoever may not read keys is told so before anything is
 * asked, so that they learn nothing of any key, not even whether it exists.
 */
export async function requireKey(
  given: string,
  below: string,
  needs: readonly Needed[] = ['keys:read'],
): Promise<{ seen: SeenKey; signed: Signed } | { page: ReactNode }> {
  const [signed, t] = await Promise.all([requireSession(), translations('key')]);
  const back = (
    <Link href="/keys" prefetch={false} className={buttonClass({})}>
      {t('back')}
    </Link>
  );
  const missing = needs.find((scope) => allows(signed.session.scopes, scope) === 'no');
  if (missing) return { page: <KeysForbidden scope={missing} /> };
  const id = idOf(given);
  if (id === null) {
    return {
      page: (
        <ListState icon={SearchX} title={t('bad-id')} actions={back}>
          {t('bad-id-help')}
        </ListState>
      ),
    };
  }
  const answer = await seeKey(signed.omni, id);
  if (answer.ok) return { seen: answer.value, signed };
  if (answer.error.kind !== 'not_found') {
    return { page: <Problem error={answer.error} retryHref={`/keys/${id}${below}`} actions={back} /> };
  }
  return {
    page: (
      <ListState icon={KeyRound} title={t('not-found')} actions={back}>
        {t('not-found-help')}
      </ListState>
    ),
  };
}
