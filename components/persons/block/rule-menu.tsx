'use client';

import { Ellipsis, Link2, Pencil, Power, Trash2, type LucideIcon } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';
import { lockedScope, type Locked } from '#components/ui/locked/locked.ts';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';

type Props = { id: string; whom: string; on: boolean; locked: Locked | undefined };

/** What can be done with one access rule of a person; its dialogs are those of the access rules. */
export function RuleMenu({ id, whom, on, locked }: Props) {
  const t = useTranslations('access-rules');
  const item = (name: string, label: string, Icon: LucideIcon, more = '') => (
    <DialogLink role="menuitem" name={name} value={id} locked={locked} className={`${menuItemClass} ${more}`}>
      <Icon aria-hidden />
      {label}
    </DialogLink>
  );
  return (
    <Menu
      name={t('actions', { whom })}
      className="grid size-target shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text"
      panelClassName="inset-auto mt-1 [position-area:bottom_span-left] [position-try-fallbacks:flip-block]"
      label={<Ellipsis aria-hidden className="size-4" />}
    >
      {item('edit-rule', t('edit-item'), Pencil)}
      {item('switch-rule', t(on ? 'deactivate-item' : 'activate-item'), Power)}
      {item('link-rule', t('link-item'), Link2)}
      {item('delete-rule', t('delete-item'), Trash2, 'text-danger')}
      <RequestItem scopes={[lockedScope(locked)]} />
    </Menu>
  );
}
