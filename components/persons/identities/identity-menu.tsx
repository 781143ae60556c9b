'use client';

import { Ellipsis, Link2, Unlink2 } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { CopyItem } from '#components/ui/overlay/copy-item.tsx';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';
import { lockedScope, lockedText, type Locked } from '#components/ui/locked/locked.ts';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';

type Props = { name: string; handle: string; identityId: string; personId: string; locked: Locked | undefined };

/** What can be done with one identity. */
export function IdentityMenu({ name, handle, identityId, personId, locked }: Props) {
  const t = useTranslations('person');
  return (
    <Menu
      name={t('identity-actions', { name })}
      className="grid size-target shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text"
      panelClassName="inset-auto mt-1 [position-area:bottom_span-left] [position-try-fallbacks:flip-block]"
      label={<Ellipsis aria-hidden className="size-4" />}
    >
      {locked ? (
        <p className="px-3 py-1 text-xs text-muted">{lockedText(locked)}</p>
      ) : (
        <>
          <Link
            role="menuitem"
            href={`/persons/link?from=${personId}&identity=${identityId}`}
            className={menuItemClass}
          >
            <Link2 aria-hidden />
            {t('link')}
          </Link>
          <DialogLink role="menuitem" name="unlink" value={identityId} className={menuItemClass}>
            <Unlink2 aria-hidden />
            {t('unlink')}
          </DialogLink>
        </>
      )}
      <RequestItem scopes={[lockedScope(locked)]} />
      <CopyItem label={t('copy-handle')} text={handle} />
    </Menu>
  );
}
