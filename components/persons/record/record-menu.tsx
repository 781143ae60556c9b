'use client';

import { Ban, Download } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { FileLink } from '#components/ui/file-link.tsx';
import { CopyItem } from '#components/ui/overlay/copy-item.tsx';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { RequestItem } from '#components/ui/overlay/request-item.tsx';
import { lockedScope, type Locked } from '#components/ui/locked/locked.ts';
import { menuItemClass } from '#components/ui/overlay/menu.tsx';
import { MoreMenu } from '#components/ui/overlay/more-menu.tsx';

type Props = { id: string; command: string; /** Why rules of access can't be made now. */ locked?: Locked | undefined };

/** What else can be done with a person. */
export function RecordMenu({ id, command, locked }: Props) {
  const t = useTranslations('person');
  const tUi = useTranslations('ui');
  return (
    <MoreMenu name={tUi('more')}>
      <CopyItem label={t('copy-url')} text={() => `${location.origin}/persons/${id}`} />
      <CopyItem label={t('copy-id')} text={id} />
      <CopyItem label={t('copy-command')} text={command} />
      <FileLink role="menuitem" href={`/persons/${id}/timeline`} className={menuItemClass}>
        <Download aria-hidden />
        {t('export-messages')}
      </FileLink>
      <div className="my-1 border-t" />
      <DialogLink role="menuitem" name="block" value="all" locked={locked} className={`${menuItemClass} text-danger`}>
        <Ban aria-hidden />
        {t('block')}
      </DialogLink>
      <RequestItem scopes={[lockedScope(locked)]} />
    </MoreMenu>
  );
}
