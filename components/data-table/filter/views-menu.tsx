'use client';

import { Bookmark, Check, Trash2 } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useShownQuery } from '#components/shell/calls/use-shown-query.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { Popout } from '#components/ui/overlay/popout.tsx';
import { later } from '#components/ui/state/later.tsx';
import type { SavedView } from '#lib/views/saved-views.ts';
import { viewQuery, type ViewsRoom } from '#lib/views/view-query.ts';

const SaveView = later(
  () => import('./save-view.tsx').then((part) => part.SaveView),
  <div className="skeleton h-24" />,
);

type Said = { what: 'added' | 'deleted' | 'full' | 'not-loaded'; name: string };

/** The saved views of a list: opens one, saves the current filters, deletes one. */
export function ViewsMenu({ room, first }: { room: ViewsRoom; first: readonly SavedView[] }) {
  const t = useTranslations('list-tools');
  const path = usePathname();
  const here = viewQuery(room, useShownQuery());
  const [views, setViews] = useState(first);
  const [said, say] = useState<Said | null>(null);
  const current = views.find(({ query }) => query === here);

  async function add(name: string): Promise<boolean> {
    const kept = await changes().then((change) => change?.addView(room, { name, query: here }));
    say({ what: kept ? 'added' : kept === null ? 'full' : 'not-loaded', name });
    if (kept) setViews(kept);
    return Boolean(kept);
  }

  async function drop(view: SavedView, panel: HTMLElement | null) {
    const kept = await changes().then((change) => change?.dropView(room, view.name));
    say({ what: kept ? 'deleted' : 'not-loaded', name: view.name });
    if (!kept) return;
    setViews(kept);
    panel?.focus();
  }

  return (
    <Popout
      name={current ? t('view', { name: current.name }) : t('views')}
      className={buttonClass({ variant: 'ghost', size: 'sm' })}
      label={
        <>
          <Bookmark aria-hidden className={`size-4 ${current ? 'fill-current' : ''}`} />
          <span className="max-w-40 truncate">{current?.name ?? t('views')}</span>
        </>
      }
    >
      {views.length === 0 ? (
        <p className="pb-2 text-muted">{t('none')}</p>
      ) : (
        <ul aria-label={t('saved')} className="-mx-1 mb-2 border-b pb-2">
          {views.map((view) => (
            <li key={view.name} className="flex items-center">
              <a
                href={`${path}?${view.query}`}
                aria-current={view === current ? 'true' : undefined}
                className="flex min-h-9 min-w-0 grow items-center gap-2 rounded px-1 hover:bg-hover aria-[current]:font-medium"
              >
                <Check aria-hidden className={`size-4 shrink-0 text-muted ${view === current ? '' : 'invisible'}`} />
                <span className="truncate">{view.name}</span>
              </a>
              <button
                type="button"
                aria-label={t('delete', { name: view.name })}
                title={t('delete', { name: view.name })}
                onClick={({ currentTarget }) => void drop(view, currentTarget.closest<HTMLElement>('[popover]'))}
                className="grid size-9 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-danger"
              >
                <Trash2 aria-hidden className="size-4" />
              </button>
            </li>
          ))}
        </ul>
      )}
      {here ? <SaveView room={room} taken={views.map(({ name }) => name)} save={add} /> : <p>{t('nothing')}</p>}
      <p role="status" className="mt-2 font-medium empty:hidden">
        {said ? t(said.what, { name: said.name }) : ''}
      </p>
      {here ? null : <p className="mt-2 text-muted">{t('not-kept')}</p>}
    </Popout>
  );
}

/** The code that changes them, which nobody needs who only opens one; undefined when it does not load. */
function changes() {
  return import('./change-views.ts').catch(() => undefined);
}
