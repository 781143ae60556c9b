import { cookies } from 'next/headers';
import { Link } from '#components/ui/link.tsx';
import type { ComponentProps, ReactNode } from 'react';
import { translations } from '#lib/i18n/server.ts';
import type { Session } from '#lib/session/session.ts';
import { Badge } from '#components/ui/badge.tsx';
import { limitsOf } from '#lib/session/session-limits.ts';
import { ScopesInWords } from '#components/session/request/scopes-in-words.tsx';
import { ServerBand } from '#components/session/servers/server-band.tsx';
import { ServerSwitch, type OfferedServer } from '#components/session/servers/server-switch.tsx';
import { SessionWatch } from '#components/session/request/session-watch.tsx';
import { AccountMenu } from './account-menu.tsx';
import { KeepPagesFresh } from './calls/keep-pages-fresh.tsx';
import { LostLine } from './calls/lost-line.tsx';
import { DraftScope } from './drafts/draft.tsx';
import { HelpButton } from './help-button.tsx';
import { Nav } from './nav.tsx';
import { OmniMark } from './omni-mark.tsx';
import { WithMessages } from './with-messages.tsx';

type Props = {
  session: Session;
  /** Every server this browser can switch to, including that of the session. */
  servers: OfferedServer[];
  anyServer: boolean;
  signInHere: ComponentProps<typeof SessionWatch>['signInHere'];
  switchTo: ComponentProps<typeof ServerSwitch>['switchTo'];
  /** The search palette. */
  search: ReactNode;
  children: ReactNode;
};

/** The frame of every page: navigation, server, account, session watch, and the page itself. */
export async function Shell({ session, servers, anyServer, signInHere, switchTo, search, children }: Props) {
  const [t, jar] = await Promise.all([translations('shell'), cookies()]);
  const { server } = session;
  const several = servers.length > 1 || anyServer;
  return (
    <div className="md:grid md:min-h-dvh md:grid-cols-[56px_1fr] lg:grid-cols-[220px_1fr] print:block">
      {several || server.production ? <ServerBand band={server.band} /> : null}
      <a
        href="#main"
        className="sr-only z-30 rounded bg-surface px-3 py-2 focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
      >
        {t('skip')}
      </a>
      <WithMessages of={['shell', 'leave', 'problems']}>
        <div className="top-0 z-20 flex flex-wrap items-center justify-between border-b bg-surface px-3 py-1 md:h-dvh md:flex-col md:flex-nowrap md:items-stretch md:overflow-y-auto md:border-r md:border-b-0 md:bg-bg md:px-0 md:py-0 tall:sticky print:hidden">
          <Link href="/" className="flex min-h-10 min-w-0 items-center gap-2 md:h-14 md:px-4">
            <OmniMark className="size-6 shrink-0" />
            <span className="font-semibold tracking-tight max-md:truncate md:max-lg:sr-only">Omni console</span>
          </Link>
          {server.production ? (
            <div className="px-2 md:pb-2 md:max-lg:px-1 lg:px-4">
              <Badge tone="danger">{t('production')}</Badge>
            </div>
          ) : null}
          <LostLine />
          {search}
          <Nav />
          <div className="flex items-center md:block md:space-y-1 md:border-t md:p-2">
            {several ? (
              <ServerSwitch servers={servers} current={server.id} anyServer={anyServer} switchTo={switchTo} />
            ) : null}
            <HelpButton />
            <AccountMenu
              who={session.yourName ?? session.keyName}
              keyName={session.keyName}
              serverName={session.server.name}
              scopes={<ScopesInWords scopes={session.heldScopes} generation={session.capabilities.generation} />}
              theme={jar.get('theme')?.value ?? 'system'}
              density={jar.get('density')?.value ?? 'comfortable'}
            />
          </div>
        </div>
      </WithMessages>
      <main
        id="main"
        tabIndex={-1}
        className="mx-auto w-full max-w-7xl has-data-list:max-w-[1680px] min-w-0 px-4 pt-6 pb-24 outline-none md:px-8 md:pb-12 print:max-w-none print:p-0"
      >
        <DraftScope actor={session.actor}>
          <KeepPagesFresh />
          {children}
        </DraftScope>
      </main>
      <WithMessages of={['session', 'form', 'proof', 'problems', 'leave']}>
        <SessionWatch
          limits={limitsOf(session, Date.now())}
          yourName={session.yourName ?? ''}
          signInHere={signInHere}
        />
      </WithMessages>
    </div>
  );
}
