'use client';

import { Check, ChevronsUpDown } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { Menu, menuItemClass } from '#components/ui/overlay/menu.tsx';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { BandDot } from './server-band.tsx';

export type OfferedServer = { id: string; name: string; band: number; production: boolean; signedIn: boolean };

type Props = {
  servers: OfferedServer[];
  current: string;
  anyServer: boolean;
  switchTo: (input: { serverId: string }) => Promise<ActionResult<{ to: string }>>;
};

/** The server this browser uses, and a menu to switch. Switching loads a new page. */
export function ServerSwitch({ servers, current, anyServer, switchTo }: Props) {
  const t = useTranslations('shell');
  const here = servers.find(({ id }) => id === current);
  async function go(serverId: string) {
    const result = await switchTo({ serverId }).catch(() => null);
    if (!result?.ok) return;
    location.assign(result.data.to);
  }
  return (
    <div className="relative flex min-h-10 min-w-0 items-center rounded hover:bg-hover">
      <Menu
        name={t('switch', { name: here?.name ?? '' })}
        className="grid size-10 shrink-0 place-items-center rounded after:absolute after:inset-0 after:rounded after:content-['']"
        panelClassName="fixed inset-auto top-14 right-2 md:top-auto md:right-auto md:bottom-16 md:left-2 max-h-[calc(100dvh-72px)] overflow-y-auto"
        label={<BandDot band={here?.band ?? 6} />}
      >
        <div role="group" aria-label={t('servers')}>
          {servers.map(({ id, name, band, production, signedIn }) => (
            <button
              key={id}
              type="button"
              role="menuitemradio"
              aria-checked={id === current}
              tabIndex={-1}
              onClick={() => id !== current && void go(id)}
              className={menuItemClass}
            >
              <Check aria-hidden className={id === current ? '' : 'invisible'} />
              <BandDot band={band} />
              <span className="min-w-0 grow truncate">
                {name}
                {production ? <span className="text-danger"> · {t('production')}</span> : null}
              </span>
              <span className="shrink-0 text-xs text-muted">{signedIn ? t('signed-in') : t('sign-in-there')}</span>
            </button>
          ))}
          {anyServer ? (
            <a href="/login?server=typed" role="menuitem" tabIndex={-1} className={menuItemClass}>
              <Check aria-hidden className="invisible" />
              <BandDot band={6} />
              {t('other-server')}
            </a>
          ) : null}
        </div>
      </Menu>
      <span className="min-w-0 grow truncate pr-2 text-sm max-lg:hidden">{here?.name}</span>
      <ChevronsUpDown aria-hidden className="mr-2 size-4 shrink-0 text-muted max-lg:hidden" />
    </div>
  );
}
