import { Link } from '#components/ui/link.tsx';
import { notFound } from 'next/navigation';
import { cache, type ReactNode } from 'react';
import { buttonClass } from '#components/ui/button.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { translations } from '#lib/i18n/server.ts';
import { shownKeyName } from '#lib/keys/list/listed-key.ts';
import { seeKey, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { idOf } from '#lib/omni/door/path.ts';
import { requirePage, requireSession, type Signed } from '#lib/session/request/guard.ts';
import type { ScopedPage } from '#lib/scopes/needs.ts';
import { allows } from '#lib/scopes/scopes.ts';

/** Read once per page, since its title needs the key too. */
const keyOfPage = cache(async (id: string) => seeKey((await requireSession()).omni, id));

/** The name of a page's key, for its title; null where it can't be read. */
export async function keyName(id: string): Promise<string | null> {
  const { session } = await requireSession();
  if (allows(session.scopes, 'keys:read') === 'no' || idOf(id) === null) return null;
  const answer = await keyOfPage(id);
  return answer.ok ? shownKeyName(answer.value.key) : null;
}

/** The key of a page and its name as it is shown, or the page that says why there is none. */
export async function requireKey(
  given: string,
  page: ScopedPage,
): Promise<{ seen: SeenKey; name: string; signed: Signed } | { page: ReactNode }> {
  const [signed, t] = await Promise.all([requirePage(page), translations('key')]);
  const back = (
    <Link href="/keys" className={buttonClass({})}>
      {t('back')}
    </Link>
  );
  const id = idOf(given);
  if (id === null) notFound();
  const answer = await keyOfPage(id);
  if (answer.ok) return { seen: answer.value, name: shownKeyName(answer.value.key), signed };
  if (answer.error.kind === 'not_found') notFound();
  return { page: <Problem page error={answer.error} actions={back} /> };
}
