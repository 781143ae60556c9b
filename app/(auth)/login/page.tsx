import type { Metadata } from 'next';
import { redirect } from 'next/navigation';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { OmniMark } from '#components/shell/omni-mark.tsx';
import { SignInForm } from '#components/session/sign-in-form.tsx';
import { SignInPreferences } from '#components/session/sign-in-preferences.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/notice.tsx';
import { translations } from '#lib/i18n/server.ts';
import { readSession } from '#lib/session/guard.ts';
import { safeNext } from '#lib/session/safe-next.ts';
import { offeredServers } from '#lib/session/servers.ts';
import { signInAction } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('login'))('title') };
}

const REASONS = [
  'signed_out',
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

export default async function LoginPage({ searchParams }: PageProps<'/login'>) {
  const { reason, next } = await searchParams;
  const target = safeNext(typeof next === 'string' ? next : undefined);
  const [t, current] = await Promise.all([translations('login'), readSession()]);
  const signedIn = 'session' in current;
  const warned = reason === 'secret_in_address';
  if (signedIn && reason !== 'key_dead' && !warned) redirect(target as never);
  const why = REASONS.find((known) => known === reason);
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
      {signedIn && warned ? (
        <a href={target} className={buttonClass({ variant: 'primary' }, 'h-10 w-full')}>
          {t('go-on')}
        </a>
      ) : (
        <WithMessages of={['login', 'problems', 'shell']}>
          <SignInForm
            servers={offeredServers().map(({ id, name }) => ({ id, name }))}
            next={target}
            signIn={signInAction}
          />
          <SignInPreferences />
        </WithMessages>
      )}
      <noscript>
        <Notice tone="warn">{t('no-script')}</Notice>
      </noscript>
    </main>
  );
}
