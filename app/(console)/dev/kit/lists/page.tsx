import type { Metadata } from 'next';
import { requireKit } from '#app/(console)/dev/kit/require-kit.ts';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { translations } from '#lib/i18n/server.ts';
import { KitLists } from './kit-lists.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await translations('kit'))('title') };
}

/** Every part of a list, in every state. */
export default async function KitListsPage() {
  const [t] = await Promise.all([translations('kit'), requireKit()]);
  return (
    <>
      <h1 className="pb-2">{t('title')}</h1>
      <WithMessages of={['kit', 'list-tools', 'ui']}>
        <KitLists />
      </WithMessages>
    </>
  );
}
