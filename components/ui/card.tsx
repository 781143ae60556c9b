import type { ReactNode } from 'react';

type Props = { title: ReactNode; id?: string; aside?: ReactNode; children: ReactNode; flush?: boolean };

/** A titled section of a page: a region a screen reader can jump to. */
export function Card({ title, id, aside, children, flush = false }: Props) {
  const heading = id ? `${id}-title` : undefined;
  return (
    <section id={id} aria-labelledby={heading} data-card className="rounded border bg-surface">
      <header className="flex min-h-11 flex-wrap items-center justify-between gap-2 border-b px-4 py-2">
        <h2 id={heading}>{title}</h2>
        {aside}
      </header>
      <div className={flush ? '' : 'p-4'}>{children}</div>
    </section>
  );
}
