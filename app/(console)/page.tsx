import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Checks, ChecksToCome } from '#components/home/checks.tsx';
import { StartLinks } from '#components/home/start-links.tsx';
import { Verdict, VerdictToCome } from '#components/home/verdict.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { lookAround } from './home/look-around.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('home'))('title') };
}

export default async function HomePage() {
  const [signed, t] = await Promise.all([requireSession(), translations('home')]);
  const checks = lookAround(signed);
  return (
    <>
      <PageHeader
        title={t('title')}
        lead={t('lead', { server: signed.session.server.name })}
        actions={<StartLinks scopes={signed.session.scopes} />}
      />
      <Suspense fallback={<VerdictToCome />}>
        <Verdict checks={checks} />
      </Suspense>
      <Suspense fallback={<ChecksToCome checks={checks} />}>
        <Checks checks={checks} />
      </Suspense>
    </>
  );
}
