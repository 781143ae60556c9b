import type { ReactNode } from 'react';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';
import { knownDirectory } from '#lib/persons/people-index/directory.ts';
import { pageReader } from './people-reader.ts';

type Props = { here: '/persons' | '/persons/duplicates' | '/persons/access-rules'; more?: ReactNode };

/** The top of the pages of people: their tabs, with the number of people where it is at hand. */
export async function PeopleHeader({ here, more }: Props) {
  const [t, tIndex, tDuplicates, tRules, reader] = await Promise.all([
    translations('persons'),
    translations('people-index'),
    translations('duplicates'),
    translations('access-rules'),
    pageReader(),
  ]);
  const state = reader ? knownDirectory(reader)?.state : undefined;
  const all = [
    { href: '/persons', label: tIndex('all'), count: state?.whole ? state.count : undefined },
    { href: '/persons/duplicates', label: tDuplicates('tab'), count: undefined },
    { href: '/persons/access-rules', label: tRules('title'), count: undefined },
  ];
  return (
    <WithMessages of={['list-tools']}>
      <ListHeader
        title={t('title')}
        tabs={{ label: tIndex('pages'), all: all.map((tab) => ({ ...tab, here: tab.href === here })) }}
        more={more}
      />
    </WithMessages>
  );
}
