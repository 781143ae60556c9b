import type { Route } from 'next';
import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { Link } from '#components/ui/link.tsx';
import { redirect } from 'next/navigation';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { OmniMark } from '#components/shell/omni-mark.tsx';
import { StillSignedIn } from '#components/session/sign-in/still-signed-in.tsx';
import { SignInForm } from '#components/session/sign-in/sign-in-form.tsx';
import { SignInPreferences } from '#components/session/sign-in/sign-in-preferences.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { env } from '#lib/env.ts';
import { translations } from '#lib/i18n/server.ts';
import { liveServers, readSession } from '#lib/session/request/guard.ts';
import { safeNext } from '#lib/session/sign-in/safe-next.ts';
import { cookieName } from '#lib/session/seal.ts';
import { offeredServers } from '#lib/session/servers/servers.ts';
import { signInAction, switchServerAction } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('login'))('title') };
}

const REASONS = [
  'signed_out',
  'not_ended',
  'expired',
  'idle',
  'ended',
  'tampered',
  'store_down',
  'server_gone',
  'key_dead',
  'secret_in_address',
] as const;
const QUIET: ReadonlySet<string> = new Set(['signed_out']);

/** Reasons that are shown even to a signed-in user, perhaps of another server. */
const READ_FIRST: ReadonlySet<string> = new Set(['signed_out', 'not_ended', 'key_dead', 'secret_in_address']);

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { reason, next, server } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : undefined);
  const [t, current, jar] = await Promise.all([translations('login'), readSession(), cookies()]);
  const why = REASONS.find((known) => known === reason);
  const signedIn = 'session' in current ? current.session : null;
  const asked = typeof server === 'string' ? server : undefined;
  if (signedIn && asked === undefined && !READ_FIRST.has(why ?? '')) redirect(target as Route);
  const { OMNI_ALLOW_ANY_SERVER } = env();
  const live = await liveServers();
  const wanted = asked ?? jar.get(cookieName(env()))?.value;
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-sm flex-col justify-center gap-6 px-4 py-10">
      <div className="flex items-center gap-3">
        <OmniMark className="size-8" />
        <span className="text-xl font-semibold tracking-tight">Omni console</span>
      </div>
      <div>
        <h1>{t('title')}</h1>
        <p className="mt-1 text-muted">{t('lead')}</p>
      </div>
      {why ? (
        <Notice tone={QUIET.has(why) ? 'info' : 'warn'} role="status">
          {t(`reasons.${why}`)}
        </Notice>
      ) : null}
      {signedIn && why === 'secret_in_address' ? (
        <a href={target} className={buttonClass({ variant: 'primary' }, 'h-10 w-full')}>
          {t('continue')}
        </a>
      ) : (
        <WithMessages of={['login', 'form', 'problems', 'shell']}>
          <SignInForm
            servers={offeredServers().map(({ id, name }) => ({ id, name }))}
            wanted={wanted}
            anyServer={OMNI_ALLOW_ANY_SERVER}
            next={target}
            signIn={signInAction}
          />
          <StillSignedIn servers={live} switchTo={switchServerAction} />
          <div className="flex flex-wrap items-center justify-between gap-2">
            <Link href="/recover" className="text-sm text-accent-text underline">
              {t('lost')}
            </Link>
            <SignInPreferences />
          </div>
        </WithMessages>
      )}
      <noscript>
        <Notice tone="warn">{t('no-script')}</Notice>
      </noscript>
    </main>
  );
}
