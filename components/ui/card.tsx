import type { ReactNode } from 'react';

type Props = {
  title: ReactNode;
  id?: string;
  aside?: ReactNode;
  children: ReactNode;
  flush?: boolean;
  /** A part of a record: a line separates it from the part before, and nothing frames it. */
  plain?: boolean | undefined;
};

/** A titled section of a page: a region a screen reader can jump to. */
export function Card({ title, id, aside, children, flush = false, plain = false }: Props) {
  const heading = id ? `${id}-title` : undefined;
  return (
    <section
      id={id}
      aria-labelledby={heading}
      data-card
      className={plain ? 'border-t pt-2 first:border-t-0 first:pt-0' : 'rounded border bg-surface'}
    >
      <header
        className={`flex flex-wrap items-center justify-between gap-2 ${plain ? 'min-h-8' : 'min-h-11 border-b px-4 py-2'}`}
      >
        <h2 id={heading}>{title}</h2>
        {aside}
      </header>
      <div className={flush || plain ? '' : 'p-4'}>{children}</div>
    </section>
  );
}
