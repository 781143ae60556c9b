'use client';

import { ChevronDown, ListChecks } from 'lucide-react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { LinkRow } from '#components/ui/link-row.tsx';
import { Menu } from '#components/ui/overlay/menu.tsx';
import { MenuLink } from '#components/ui/overlay/menu-link.tsx';
import type { SavedTest } from '#lib/routes/tests/saved-tests.ts';
import { savedTestHref, useSavedTestName } from './saved-test-words.ts';

const MOST = 12;

/** The saved tests of the page's instance, each a question to ask again, and the way to all of them. */
export function SavedTestsMenu({ tests, total }: { tests: SavedTest[]; total: number }) {
  const t = useTranslations('saved-tests');
  const nameOf = useSavedTestName();
  return (
    <Menu
      name={`${t('title')} ${total}`}
      className={buttonClass({}, 'h-8 pointer-coarse:h-11')}
      panelClassName="inset-auto mt-1 max-h-96 overflow-y-auto [position-area:bottom_span-left]"
      label={
        <>
          {t('title')} <span className="text-muted">{total}</span>
          <ChevronDown aria-hidden className="size-4" />
        </>
      }
    >
      {tests.slice(0, MOST).map((test) => (
        <MenuLink key={test.id} href={savedTestHref(test)}>
          {nameOf(test)}
        </MenuLink>
      ))}
      <MenuLink href="/routes/tests" icon={<ListChecks aria-hidden />}>
        {t('all')}
      </MenuLink>
    </Menu>
  );
}

type LinksProps = { tests: SavedTest[]; instances: readonly { id: string; name: string }[] };

/** The first saved tests of the instances the key sees, where nothing is asked yet: each a question to ask again. */
export function SavedTestLinks({ tests, instances }: LinksProps) {
  const t = useTranslations('saved-tests');
  const nameOf = useSavedTestName();
  const names = new Map(instances.map(({ id, name }) => [id, name]));
  const seen = tests.filter(({ instanceId }) => names.has(instanceId));
  if (seen.length === 0) return null;
  return (
    <ul aria-label={t('title')} className="divide-y border-t">
      {seen.slice(0, MOST).map((test) => (
        <LinkRow key={test.id} href={savedTestHref(test)} icon={<ListChecks aria-hidden />} title={nameOf(test)}>
          {names.get(test.instanceId)}
        </LinkRow>
      ))}
    </ul>
  );
}
