import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { translations } from '#lib/i18n/server.ts';
import { env } from '#lib/env.ts';
import { KitLists } from './kit-lists.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('kit'))('title') };
}

/** Every part that pages are made of, in every state: for development and tests (`OMNI_KIT`). A kit adds its own sections. */
export default async function KitPage() {
  if (!env().OMNI_KIT && process.env.NODE_ENV === 'production') notFound();
  const t = await translations('kit');
  return (
    <>
      <h1 className="pb-2">{t('title')}</h1>
      <WithMessages of={['kit', 'list-tools', 'ui']}>
        <KitLists />
      </WithMessages>
    </>
  );
}
