import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Checks, ChecksSkeleton } from '#components/home/checks.tsx';
import { StartLinks } from '#components/home/start-links.tsx';
import { HomeSummary, HomeSummarySkeleton } from '#components/home/home-summary.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { startChecks } from './home/start-checks.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('home'))('title') };
}

export default async function HomePage() {
  const [signed, t] = await Promise.all([requireSession(), translations('home')]);
  const checks = startChecks(signed);
  return (
    <>
      <PageHeader title={t('title')} actions={<StartLinks scopes={signed.session.scopes} />} />
      <Suspense fallback={<HomeSummarySkeleton />}>
        <HomeSummary checks={checks} />
      </Suspense>
      <Suspense fallback={<ChecksSkeleton checks={checks} />}>
        <Checks checks={checks} />
      </Suspense>
    </>
  );
}
