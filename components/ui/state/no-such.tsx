import type { LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { translations } from '#lib/i18n/server.ts';
import { idOf, idWithin } from '#lib/omni/door/path.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from './list-state.tsx';

type Texts = { missing: string; missingHelp: string; /** The name of the list. */ back: string };

type Props = {
  icon: LucideIcon;
  list: Route;
  /** How many ids of an item follow the list in its address, where what is wrong with them is told. */
  ids?: number;
  texts: Texts;
};

/** A page whose item does not exist: it was deleted, or the address contains no valid id; one that is there among other signs is offered. */
export async function NoSuch({ icon, list, ids = 0, texts }: Props) {
  const t = await translations('ui');
  const parts = (await requestPath()).split(/[/?]/).slice(2);
  const given = Array.from({ length: ids }, (_, at) => decoded(parts[at] ?? ''));
  const bad = given.some((part) => idOf(part) === null);
  const meant = bad ? given.map(idWithin) : [];
  const opens = bad && !meant.includes(null);
  return (
    <ListState
      page
      icon={icon}
      title={texts.missing}
      actions={
        <>
          {opens ? (
            <Link href={`${list}/${meant.join('/')}` as Route} className={buttonClass({ variant: 'primary' })}>
              {t('open-meant')}
            </Link>
          ) : null}
          <Link href={list} className={buttonClass({ variant: opens ? 'secondary' : 'primary' })}>
            {t('go-to', { place: texts.back })}
          </Link>
        </>
      }
    >
      {opens ? t('extra-in-address') : bad ? t('bad-address') : texts.missingHelp}
    </ListState>
  );
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
