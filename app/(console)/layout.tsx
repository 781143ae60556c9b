import type { ReactNode } from 'react';
import { ShownOnceProvider } from '#components/keys/secret/shown-once.tsx';
import { signInHereAction, switchServerAction } from '#app/(auth)/login/actions.ts';
import { SearchEverywhere } from '#components/palette/search-everywhere.tsx';
import { OperationsProvider } from '#components/operations/run/operations-context.tsx';
import { TestsAfterRun } from '#components/routes/tests/tests-after-run.tsx';
import { Toasts } from '#components/ui/overlay/toasts.tsx';
import { ProofProvider } from '#components/shell/proof.tsx';
import { Shell } from '#components/shell/shell.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { env } from '#lib/env.ts';
import { VERSION } from '#lib/omni/version.ts';
import { requestCookies } from '#lib/session/request/cookie-next.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import { signedInServers } from '#lib/session/request/cookie-session.ts';
import { findServer, appearanceOf, offeredServers } from '#lib/session/servers/servers.ts';
import { proveAction } from './account/actions.ts';
import { keyShownAction } from './keys/actions.ts';
import { previewAction, previewAgainAction, previewUndoAction, resumeAction, runAction } from './operations/actions.ts';

const ACTIONS = {
  preview: previewAction,
  previewUndo: previewUndoAction,
  previewAgain: previewAgainAction,
  run: runAction,
  resume: resumeAction,
};

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const { session } = await requireSession();
  const anyServer = env().OMNI_ALLOW_ANY_SERVER;
  const servers = await serversFor();
  return (
    <OperationsProvider
      actions={ACTIONS}
      afterRun={
        <WithMessages of={['saved-tests', 'route-test', 'verdict', 'seen']} later>
          <TestsAfterRun />
        </WithMessages>
      }
    >
      <meta name={PAGE_MARK} content={session.actor} />
      <WithMessages of={['ui', 'form', 'shell', 'secret', 'proof', 'problems']}>
        <Toasts>
          <ProofProvider whose={`${session.yourName ?? session.keyName} @ ${session.server.name}`} prove={proveAction}>
            <ShownOnceProvider confirm={keyShownAction}>
              <Shell
                session={session}
                servers={servers}
                anyServer={anyServer}
                signInHere={signInHereAction}
                switchTo={switchServerAction}
                search={
                  <WithMessages of={['palette', 'verdict', 'seen', 'shell', 'problems', 'ui', 'leave']}>
                    <SearchEverywhere
                      actor={session.actor}
                      scopes={session.scopes}
                      several={servers.length > 1 || anyServer}
                      about={{ version: VERSION, build: process.env.NEXT_DEPLOYMENT_ID ?? null }}
                    />
                  </WithMessages>
                }
              >
                {children}
              </Shell>
            </ShownOnceProvider>
          </ProofProvider>
        </Toasts>
      </WithMessages>
    </OperationsProvider>
  );
}

/** The listed servers, and typed ones this browser is signed in to. */
async function serversFor() {
  const signedIn = signedInServers(await requestCookies());
  const typed = signedIn.flatMap((id) => findServer(id) ?? []).filter((server) => server.typed);
  return [...offeredServers(), ...typed].map(({ id, name }) => ({
    id,
    name,
    ...appearanceOf({ id }),
    signedIn: signedIn.includes(id),
  }));
}
