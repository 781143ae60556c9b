import { ArrowLeft } from 'lucide-react';
import type { Route } from 'next';
import { Link } from './link.tsx';
import type { ReactNode } from 'react';
import { translations } from '#lib/i18n/server.ts';
import { MoreMenu } from './overlay/more-menu.tsx';

/** The way back, above the title of a page. */
export function BackLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link
      href={href as Route}
      className="mb-1 inline-flex min-h-8 max-w-full items-center gap-1 text-sm text-muted hover:text-text"
    >
      <ArrowLeft aria-hidden className="size-4 shrink-0" />
      {children}
    </Link>
  );
}

/** The top of a page: title, lead and actions. */
export function PageHeader({ title, lead, actions }: { title: ReactNode; lead?: ReactNode; actions?: ReactNode }) {
  return (
    <header className="flex flex-wrap items-start justify-between gap-3 pb-4">
      <div className="min-w-0">
        <h1>{title}</h1>
        {lead ? <p className="mt-1 max-w-prose text-muted">{lead}</p> : null}
      </div>
      {actions ? <div className="flex flex-wrap gap-2">{actions}</div> : null}
    </header>
  );
}

export type Tab = { href: string; label: string; count?: ReactNode; here?: boolean };

type Props = {
  title: string;
  /** The pages of this room, or the parts of this list. */
  tabs?: { label: string; all: readonly Tab[] };
  /** Links and buttons with the role menuitem. */
  more?: ReactNode;
  /** The main action, last. */
  action?: ReactNode;
};

/** The top of a list, in one line: title, tabs, *More*, the main action. On a phone the tabs have a line of their own. */
export async function ListHeader({ title, tabs, more, action }: Props) {
  const t = await translations('ui');
  return (
    <header className="grid min-h-12 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 pb-1 max-md:-mt-3 sm:flex">
      <h1 className="sm:shrink-0">{title}</h1>
      {tabs ? (
        <nav
          aria-label={tabs.label}
          className="flex min-w-0 gap-1 overflow-x-auto max-sm:col-span-2 max-sm:row-start-2 max-sm:py-1 sm:ml-2"
        >
          {tabs.all.map(({ href, label, count, here = false }) => (
            <Link key={href} href={href as Route} aria-current={here ? 'page' : undefined} className="tab-link">
              {label}
              {count === undefined ? null : <span className="text-xs empty:hidden">{count}</span>}
            </Link>
          ))}
        </nav>
      ) : null}
      <div className="ml-auto flex shrink-0 items-center gap-2">
        {more ? <MoreMenu name={t('more')}>{more}</MoreMenu> : null}
        {action}
      </div>
    </header>
  );
}
