import { LockKeyhole } from 'lucide-react';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { cache, type ReactNode } from 'react';
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
    <ListState page icon={LockKeyhole} title={t(scope === 'keys:read' ? 'forbidden' : 'forbidden-write')}>
      {t('forbidden-help', { scope })}
    </ListState>
  );
}

/** Asked once for a page, whose title has the key's name too. */
const keyOfPage = cache(async (id: string) => seeKey((await requireSession()).omni, id));

/** The name of a page's key, for its title; null for whom it does not concern. */
export async function keyName(id: string): Promise<string | null> {
  const { session } = await requireSession();
  if (allows(session.scopes, 'keys:read') === 'no' || idOf(id) === null) return null;
  const answer = await keyOfPage(id);
  return answer.ok ? answer.value.key.name : null;
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
  if (id === null) notFound();
  const answer = await keyOfPage(id);
  if (answer.ok) return { seen: answer.value, signed };
  if (answer.error.kind === 'not_found') notFound();
  return { page: <Problem page error={answer.error} actions={back} /> };
}
