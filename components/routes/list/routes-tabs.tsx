import type { ReactNode } from 'react';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { ListHeader } from '#components/ui/page-header.tsx';
import { translations } from '#lib/i18n/server.ts';

const PAGES = {
  all: '/routes',
  test: '/routes/test',
  tests: '/routes/tests',
  health: '/routes/health',
  coverage: '/routes/coverage',
} as const;

type Props = { here: keyof typeof PAGES; more?: ReactNode; action?: ReactNode };

/** The top of a page of routes, with the way to the others: alike on all of them, and as wide as a list, so that no tab moves. */
export async function RoutesTabs({ here, more, action }: Props) {
  const t = await translations('routes-list');
  // Saved tests are a menu of the page that tests.
  const ids = (Object.keys(PAGES) as (keyof typeof PAGES)[]).filter((id) => id !== 'tests');
  return (
    <WithMessages of={['list-tools']}>
      <div data-list className="contents">
        <ListHeader
          title={t('title')}
          tabs={{
            label: t('tabs'),
            all: ids.map((id) => ({
              href: PAGES[id],
              label: t(`tab.${id}`),
              here: id === (here === 'tests' ? 'test' : here),
            })),
          }}
          more={more}
          action={action}
        />
      </div>
    </WithMessages>
  );
}
