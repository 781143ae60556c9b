import { ArrowRight, ChevronsLeft } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';
import { writePosition, type Position } from '#lib/omni/paging/paging.ts';

type Props = { position: string | undefined; limit: number; next: Position | null; unsure: boolean };

/** Pages of the directory. Omni reports no total, so none is shown. */
export async function PersonsPager({ position, limit, next, unsure }: Props) {
  const t = await translations('persons');
  const size = limit === 20 ? {} : { limit };
  return (
    <div className="border-t p-2">
      {unsure ? (
        <Notice tone="warn" className="mb-2">
          {t('unsure')}
        </Notice>
      ) : null}
      <nav aria-label={t('page')} className="flex flex-wrap items-center justify-between gap-2">
        <div className="flex items-center gap-1 text-sm text-muted">
          <span id="per-page">{t('per-page')}</span>
          {[20, 50, 100].map((each) => (
            <Link
              key={each}
              prefetch={false}
              href={{ pathname: '/persons', query: each === 20 ? {} : { limit: each } }}
              aria-current={each === limit ? 'true' : undefined}
              aria-label={`${t('per-page')}: ${each}`}
              className="grid min-h-8 min-w-8 place-items-center rounded px-1 hover:bg-hover aria-[current]:bg-inset aria-[current]:font-medium aria-[current]:text-text"
            >
              {each}
            </Link>
          ))}
        </div>
        <div className="flex gap-2">
          {position ? (
            <Link prefetch={false} href={{ pathname: '/persons', query: size }} className={buttonClass({ size: 'sm' })}>
              <ChevronsLeft aria-hidden className="size-4" />
              {t('first')}
            </Link>
          ) : null}
          {next ? (
            <Link
              prefetch={false}
              href={{ pathname: '/persons', query: { ...size, at: writePosition(next) } }}
              className={buttonClass({ size: 'sm' })}
            >
              {t('next')}
              <ArrowRight aria-hidden className="size-4" />
            </Link>
          ) : null}
        </div>
      </nav>
    </div>
  );
}
