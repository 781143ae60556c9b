'use client';

import { useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import { SingleKeysChoice } from '#components/shell/single-keys-choice.tsx';
import { useSingleKeys } from '#components/shell/use-preferences.ts';
import { Dialog } from '#components/ui/overlay/dialog.tsx';
import { KeysShown } from '#components/palette/shortcuts/keys-shown.tsx';
import { GO } from '#components/palette/shortcuts/shortcut.ts';
import { HelpLinks, type ThisConsole } from './help-links.tsx';

export type SheetProps = { open: boolean; mac: boolean; about: ThisConsole; close: () => void };

/** Where help is, the shortcuts, and the switch that turns single-key ones off. */
export function HelpSheet({ open, mac, about, close }: SheetProps) {
  const t = useTranslations('palette');
  const on = useSingleKeys();
  return (
    <Dialog open={open} wide title={t('help.title')} onCancel={close}>
      <HelpLinks {...about} close={close} />
      <div className="mt-4 grid gap-x-8 gap-y-5 sm:grid-cols-2">
        <div className="space-y-5">
          <Part
            title={t('sheet.everywhere')}
            rows={[
              [[mac ? '⌘' : 'Ctrl', 'K'], t('sheet.palette')],
              [[mac ? '⌘' : 'Ctrl', 'Z'], t('sheet.undo')],
              [['/'], t('sheet.search'), !on],
              [['?'], t('sheet.shortcuts'), !on],
            ]}
          />
          <Part
            title={t('sheet.go')}
            rows={Object.keys(GO).map((key) => [['g', key], anyKey(t)(`sheet.to.${key}`) ?? key, !on])}
          />
        </div>
        <div className="space-y-5">
          <Part
            title={t('sheet.in-palette')}
            rows={[
              [['↑', '↓'], t('sheet.move')],
              [['Home', 'End'], t('sheet.ends')],
              [['Enter'], t('sheet.open')],
              [[mac ? '⌘' : 'Ctrl', 'Enter'], t('sheet.tab')],
              [['→'], t('sheet.more')],
              [['←'], t('sheet.back')],
              [['Esc'], t('sheet.close')],
            ]}
          />
          <SingleKeysChoice />
        </div>
      </div>
    </Dialog>
  );
}

type Row = [keys: string[], what: string, off?: boolean];

function Part({ title, rows }: { title: string; rows: Row[] }) {
  const t = useTranslations('palette');
  return (
    <section aria-label={title}>
      <h3 className="mb-1">{title}</h3>
      <dl className="divide-y border-y">
        {rows.map(([keys, what, off]) => (
          <div key={what} className="flex min-h-9 items-center justify-between gap-3">
            <dt className={off ? 'text-muted line-through' : ''}>
              {what}
              {off ? <span className="sr-only"> {t('sheet.off')}</span> : null}
            </dt>
            <dd>
              <KeysShown keys={keys} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
