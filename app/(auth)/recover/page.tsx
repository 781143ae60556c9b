import type { Metadata } from 'next';
import { Link } from '#components/ui/link.tsx';
import { RecoverCode } from '#components/session/recover/recover-code.tsx';
import { RecoverCommand } from '#components/session/recover/recover-command.tsx';
import { RecoverDiagnosis } from '#components/session/recover/recover-diagnosis.tsx';
import { SignInPreferences } from '#components/session/sign-in/sign-in-preferences.tsx';
import { OmniMark } from '#components/shell/omni-mark.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';
import { codeOutput } from '#lib/session/recover/code-output.ts';
import { readAsker } from '#lib/session/recover/read-asker.ts';
import { isHere, mayRecover } from '#lib/session/recover/recovery.ts';
import { offeredServers } from '#lib/session/servers/servers.ts';
import { createCodeAction, diagnoseAction, recoverAction } from './actions.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('recover'))('title') };
}

export default async function RecoverPage() {
  const t = await translations('recover');
  const servers = offeredServers().map(({ id, name, url }) => ({ id, name, here: isHere({ url }) }));
  return (
    <main className="mx-auto flex min-h-dvh w-full max-w-xl flex-col gap-6 px-4 py-10">
      <div className="flex items-center gap-3">
        <OmniMark className="size-8" />
        <span className="text-xl font-semibold tracking-tight">Omni console</span>
      </div>
      <h1>{t('title')}</h1>
      <WithMessages of={['recover', 'form', 'problems', 'login', 'shell', 'operations', 'ui']}>
        <Card id="diagnosis" title={t('diagnosis')}>
          <RecoverDiagnosis servers={servers} diagnose={diagnoseAction} />
        </Card>
        <Card id="machine" title={t('machine')}>
          <p>{t('machine-lead')}</p>
          <RecoverCommand line="omni auth recover" />
          <Notice tone="warn">{t('machine-warning')}</Notice>
          <p className="mt-4">{t('rotate-lead')}</p>
          <RecoverCommand line="omni auth recover --rotate" />
          <Notice tone="warn">{t('rotate-warning')}</Notice>
        </Card>
        {mayRecover(await readAsker()) ? (
          <Card id="code" title={t('code-title')}>
            <RecoverCode
              output={codeOutput()}
              servers={servers.filter(({ here }) => here)}
              createCode={createCodeAction}
              recover={recoverAction}
            />
          </Card>
        ) : null}
        <div className="flex flex-wrap items-center justify-between gap-x-4">
          <Link href="/login" className="inline-flex min-h-target items-center text-accent-text underline">
            {t('back')}
          </Link>
          <SignInPreferences />
        </div>
      </WithMessages>
    </main>
  );
}
