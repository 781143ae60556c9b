import type { ReactNode } from 'react';
import { RecordOpening } from '#components/persons/opening/record-opening.tsx';
import { translations } from '#lib/i18n/server.ts';

/** Around the list and the records, so that a record opens from its row at once. */
export default async function PersonsLayout({ children }: { children: ReactNode }) {
  const [t, tUi, tTimeline, tRouting] = await Promise.all([
    translations('person'),
    translations('ui'),
    translations('timeline'),
    translations('routing'),
  ]);
  return (
    <RecordOpening
      texts={{
        noName: t('no-name'),
        back: t('back'),
        loading: tUi('loading'),
        left: [t('details'), t('identities'), tTimeline('title')],
        right: [tRouting('title'), tRouting('rules')],
      }}
    >
      {children}
    </RecordOpening>
  );
}
