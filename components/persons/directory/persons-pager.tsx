import { Pager } from '#components/data-table/pager.tsx';
import { translations } from '#lib/i18n/server.ts';
import { writePosition, type Position } from '#lib/omni/paging/paging.ts';

type Props = { position: string | undefined; limit: number; next: Position | null; unsure: boolean };

const SIZES = [20, 50, 100];

/** Pages of the directory. Omni reports no total, so none is shown. */
export async function PersonsPager({ position, limit, next, unsure }: Props) {
  const t = await translations('persons');
  const to = (at?: string, size = limit) => {
    const query = new URLSearchParams({ ...(size === 20 ? {} : { limit: String(size) }), ...(at ? { at } : {}) });
    return query.size > 0 ? `/persons?${query}` : '/persons';
  };
  return (
    <>
      {unsure ? <p className="border-t bg-warn-soft px-4 py-1 text-sm">{t('unsure')}</p> : null}
      <Pager
        first={position ? to() : undefined}
        next={next ? to(writePosition(next)) : undefined}
        sizes={SIZES.map((size) => ({ size, href: to(undefined, size), here: size === limit }))}
      />
    </>
  );
}

type PickedProps = { params: Readonly<Record<string, string>>; page: number; limit: number; total: number };

/** Pages of people picked from the directory at hand, whose number is known. */
export async function PickedPager({ params, page, limit, total }: PickedProps) {
  const t = await translations('people-index');
  const to = (number: number, size = limit) => {
    const query = new URLSearchParams({
      ...params,
      ...(size === 20 ? {} : { limit: String(size) }),
      ...(number === 1 ? {} : { page: String(number) }),
    });
    return `/persons?${query}`;
  };
  const last = Math.min(page * limit, total);
  return (
    <Pager
      previous={page > 1 ? to(page - 1) : undefined}
      next={last < total ? to(page + 1) : undefined}
      place={total > 0 ? t('place', { from: Math.min((page - 1) * limit + 1, last), to: last }) : undefined}
      sizes={SIZES.map((size) => ({ size, href: to(1, size), here: size === limit }))}
    />
  );
}
