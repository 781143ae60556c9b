import type { ReactNode } from 'react';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { directoryAtHand } from '#lib/persons/at-hand/directory.ts';
import { pageReader } from './people-reader.ts';

type Props = { here: '/persons' | '/persons/duplicates'; more?: ReactNode };

/** The top of the pages of people: their tabs, with the number of people where it is at hand. */
export async function PeopleHeader({ here, more }: Props) {
  const [t, tHand, tDuplicates, reader] = await Promise.all([
    translations('persons'),
    translations('at-hand'),
    translations('duplicates'),
    pageReader(),
  ]);
  const state = reader ? directoryAtHand(reader)?.state : undefined;
  const all = [
    { href: '/persons', label: tHand('all'), count: state?.whole ? state.count : undefined },
    { href: '/persons/duplicates', label: tDuplicates('tab'), count: undefined },
  ];
  return (
    <WithMessages of={['list-tools']}>
      <ListHeader
        title={t('title')}
        tabs={{ label: tHand('pages'), all: all.map((tab) => ({ ...tab, here: tab.href === here })) }}
        more={more}
      />
    </WithMessages>
  );
}
