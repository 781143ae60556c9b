import { ScrollText, Siren } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { MenuLink } from '#components/ui/overlay/menu-link.tsx';
import { MoreMenu } from '#components/ui/overlay/more-menu.tsx';
import { translations } from '#lib/i18n/server.ts';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';
import type { KeyCapability, KeyDeed } from '#lib/keys/list/capability.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { DEED_ICONS, hrefOf, lockedBy } from './key-deeds.ts';

type Props = { id: string; revoked: boolean; capability: KeyCapability; say: (text: Text) => string };

/** What can be done with a key: two buttons, the rest under *More*; one that can't be used says why. */
export async function KeyActions({ id, revoked, capability, say }: Props) {
  const [t, tUi] = await Promise.all([translations('key'), translations('ui')]);
  const item = (deed: KeyDeed) => {
    const Icon = DEED_ICONS[deed];
    return (
      <MenuLink danger href={hrefOf(id, deed)} reason={lockedBy(capability[deed], say)} icon={<Icon aria-hidden />}>
        {t(deed)}
      </MenuLink>
    );
  };
  const ending = revoked ? 'delete' : 'revoke';
  const buttons = revoked ? [] : (['edit', 'rotate'] as const);
  return (
    <>
      {buttons.map((deed) => {
        const Icon = DEED_ICONS[deed];
        const locked = lockedBy(capability[deed], say);
        const inside = (
          <>
            <Icon aria-hidden className="size-4 max-sm:hidden" />
            {t(deed)}
          </>
        );
        return locked ? (
          <GuardedButton key={deed} reason={locked}>
            {inside}
          </GuardedButton>
        ) : (
          <Link key={deed} href={hrefOf(id, deed)} className={buttonClass({})}>
            {inside}
          </Link>
        );
      })}
      <MoreMenu name={tUi('more')}>
        <MenuLink href={`/keys/${id}/audit` as Route} icon={<ScrollText aria-hidden />}>
          {t('requests')}
        </MenuLink>
        <MenuLink href={`/keys/${id}/leaked` as Route} icon={<Siren aria-hidden />}>
          {t('handle-leak')}
        </MenuLink>
        <hr className="my-1" />
        {item(ending)}
        <RequestItem scopes={[capability[ending]?.scope ?? null]} />
      </MoreMenu>
    </>
  );
}
