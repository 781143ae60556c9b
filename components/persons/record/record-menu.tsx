'use client';

import { Ban, Download, Ellipsis } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { FileLink } from '#components/ui/file-link.tsx';
import { CopyItem } from '#components/ui/overlay/copy-item.tsx';
import { DialogLink } from '#components/ui/overlay/dialog-address.tsx';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';

/** What else can be done with a person. */
export function RecordMenu({ id, command }: { id: string; command: string }) {
  const t = useTranslations('person');
  const tUi = useTranslations('ui');
  return (
    <Menu
      name={tUi('more')}
      className={buttonClass({})}
      panelClassName="inset-auto mt-1 [position-area:bottom_span-left]"
      label={
        <>
          <span className="max-sm:sr-only">{tUi('more')}</span>
          <Ellipsis aria-hidden className="size-4" />
        </>
      }
    >
      <CopyItem label={t('copy-url')} text={() => `${location.origin}/persons/${id}`} />
      <CopyItem label={t('copy-id')} text={id} />
      <CopyItem label={t('copy-command')} text={command} />
      <FileLink role="menuitem" href={`/persons/${id}/timeline`} className={menuItemClass}>
        <Download aria-hidden />
        {t('export-messages')}
      </FileLink>
      <div className="my-1 border-t" />
      <DialogLink role="menuitem" name="block" value="all" className={`${menuItemClass} text-danger`}>
        <Ban aria-hidden />
        {t('block')}
      </DialogLink>
    </Menu>
  );
}
