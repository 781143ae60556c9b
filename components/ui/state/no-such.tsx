import type { LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { idOf } from '#lib/omni/door/path.ts';
import { requestPath } from '#lib/session/request/request-path.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from './list-state.tsx';

type Texts = { missing: string; missingHelp: string; badId?: string; badIdHelp?: string; back: string };

type Props = { icon: LucideIcon; list: Route; /** How many ids the address ends with. */ ids?: number; texts: Texts };

/** A page whose item does not exist: it was deleted, or the address contains no valid id. */
export async function NoSuch({ icon, list, ids = 1, texts }: Props) {
  const parts = (await requestPath()).split(/[/?]/).slice(2);
  const bad = Array.from({ length: ids }, (_, at) => idOf(parts[at])).includes(null);
  return (
    <ListState
      page
      icon={icon}
      title={(bad && texts.badId) || texts.missing}
      actions={
        <Link href={list} className={buttonClass({})}>
          {texts.back}
        </Link>
      }
    >
      {(bad && texts.badIdHelp) || texts.missingHelp}
    </ListState>
  );
}
