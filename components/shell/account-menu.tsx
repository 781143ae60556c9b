'use client';

import { Check, ChevronsUpDown, CircleUserRound, LogOut, Settings2 } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useLeave } from '#components/session/sign-in/sign-out.ts';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';
import { usePreferenceList, type Preference } from './use-preferences.ts';

type Props = {
  who: string;
  keyName: string;
  serverName: string;
  scopes: ReactNode;
  theme: string;
  density: string;
};

/** Key, server and permissions of the session; the browser's preferences; sign-out. */
export function AccountMenu({ who, keyName, serverName, scopes, theme, density }: Props) {
  const t = useTranslations('shell');
  const leave = useLeave();
  const preferences = usePreferenceList({ theme, density });
  const head = (
    <div className="border-b p-4">
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
        <dt className="text-muted">{t('key')}</dt>
        <dd className="truncate">{keyName}</dd>
        <dt className="text-muted">{t('server')}</dt>
        <dd className="truncate">{serverName}</dd>
      </dl>
      <div className="mt-2 text-sm text-muted">{scopes}</div>
    </div>
  );
  const menu = (
    <Menu
      name={t('account')}
      head={head}
      className="grid size-10 shrink-0 place-items-center rounded after:absolute after:inset-0 after:rounded after:content-['']"
      panelClassName="fixed inset-auto top-14 right-2 md:top-auto md:right-auto md:bottom-2 md:left-2 max-h-[calc(100dvh-72px)] overflow-y-auto"
      label={<CircleUserRound aria-hidden className="size-5 text-muted" />}
    >
      {preferences.map((one) => (
        <Choice key={one.name} {...one} />
      ))}
      <div role="separator" className="my-1 border-t" />
      <Link href="/account" role="menuitem" tabIndex={-1} className={menuItemClass}>
        <Settings2 aria-hidden />
        {t('account-page')}
      </Link>
      <button type="button" role="menuitem" tabIndex={-1} onClick={() => void leave()} className={menuItemClass}>
        <LogOut aria-hidden />
        {t('sign-out')}
      </button>
    </Menu>
  );
  return (
    <div className="relative flex min-h-10 items-center rounded hover:bg-hover">
      {menu}
      <span className="min-w-0 grow pr-2 max-lg:hidden">
        <span className="block truncate leading-4 font-medium">{who}</span>
        <span className="block truncate text-xs text-muted">{serverName}</span>
      </span>
      <ChevronsUpDown aria-hidden className="mr-2 size-4 shrink-0 text-muted max-lg:hidden" />
    </div>
  );
}

function Choice({ label, value, options, choose }: Preference) {
  return (
    <div role="group" aria-label={label} className="py-1">
      <div aria-hidden className="px-3 py-1 text-xs font-medium text-muted">
        {label}
      </div>
      {options.map(([id, text]) => (
        <button
          key={id}
          type="button"
          role="menuitemradio"
          aria-checked={id === value}
          tabIndex={-1}
          onClick={() => choose(id)}
          className={menuItemClass}
        >
          <Check aria-hidden className={id === value ? '' : 'invisible'} />
          {text}
        </button>
      ))}
    </div>
  );
}
