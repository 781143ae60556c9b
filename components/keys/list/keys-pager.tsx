import { ArrowLeft, ArrowRight } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { translations } from '#lib/i18n/server.ts';
import { keysQuery, PAGE_SIZES, type KeysParams } from '#lib/keys/list/list-params.ts';

type Props = { params: KeysParams; page: number; pages: number; total: number };

/** Pages of the listed keys; the total counts those, since Omni gives no other. */
export async function KeysPager({ params, page, pages, total }: Props) {
  const t = await translations('keys');
  const to = (change: Partial<KeysParams>) => ({ pathname: '/keys', query: keysQuery(params, change) }) as const;
  return (
    <nav aria-label={t('pages')} className="flex flex-wrap items-center justify-between gap-2 border-t p-2">
      <div className="flex items-center gap-1 text-sm text-muted">
        <span>{t('per-page')}</span>
        {PAGE_SIZES.map((size) => (
          <Link
            key={size}
            prefetch={false}
            href={to({ limit: size })}
            aria-current={size === params.limit ? 'true' : undefined}
            aria-label={`${t('per-page')}: ${size}`}
            className="grid min-h-8 min-w-8 place-items-center rounded px-1 hover:bg-hover aria-[current]:bg-inset aria-[current]:font-medium aria-[current]:text-text"
          >
            {size}
          </Link>
        ))}
      </div>
      <span className="text-sm text-muted">{t('page-of', { page, pages, count: total })}</span>
      <div className="flex gap-2">
        {page > 1 ? (
          <Link prefetch={false} href={to({ page: page - 1 })} className={buttonClass({ size: 'sm' })}>
            <ArrowLeft aria-hidden className="size-4" />
            {t('previous')}
          </Link>
        ) : null}
        {page < pages ? (
          <Link prefetch={false} href={to({ page: page + 1 })} className={buttonClass({ size: 'sm' })}>
            {t('next')}
            <ArrowRight aria-hidden className="size-4" />
          </Link>
        ) : null}
      </div>
    </nav>
  );
}
