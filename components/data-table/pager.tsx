import { ArrowLeft, ArrowRight, ChevronsLeft } from 'lucide-react';
import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';

type Props = {
  first?: string | undefined;
  previous?: string | undefined;
  next?: string | undefined;
  /** Where *Next* leads further than to the next page. */
  nextLabel?: string;
  /** Which page this is, of how many. */
  place?: string;
  sizes?: readonly { size: number; href: string; here: boolean }[];
};

/** The foot of a list: rows per page, where one is, and the ways on. Nothing where there is one page. */
export async function Pager({ first, previous, next, nextLabel, place, sizes = [] }: Props) {
  const t = await translations('list-tools');
  const ways = [
    [first, t('first'), ChevronsLeft],
    [previous, t('previous'), ArrowLeft],
    [next, nextLabel ?? t('next'), ArrowRight],
  ] as const;
  if (!first && !previous && !next && !place && sizes.length === 0) return null;
  return (
    <nav
      aria-label={t('pages')}
      className="flex min-h-9 flex-wrap items-center gap-x-4 gap-y-1 border-t px-4 py-1 text-xs text-muted"
    >
      {sizes.length > 0 ? (
        <div className="flex items-center">
          {t('per-page')}
          {sizes.map(({ size, href, here }) => (
            <Link
              key={size}
              href={href as Route}
              aria-current={here ? 'true' : undefined}
              aria-label={`${t('per-page')}: ${size}`}
              className="grid min-h-target min-w-8 place-items-center rounded px-1 hover:bg-hover aria-[current]:font-medium aria-[current]:text-text"
            >
              {size}
            </Link>
          ))}
        </div>
      ) : null}
      {place ? <span>{place}</span> : null}
      <div className="ml-auto flex gap-1">
        {ways.map(([href, label, Icon]) =>
          href ? (
            <Link key={label} href={href as Route} className={buttonClass({ size: 'sm', variant: 'ghost' })}>
              {Icon === ArrowRight ? null : <Icon aria-hidden className="size-4" />}
              {label}
              {Icon === ArrowRight ? <Icon aria-hidden className="size-4" /> : null}
            </Link>
          ) : null,
        )}
      </div>
    </nav>
  );
}
