'use client';

import { BookOpen, ClipboardCopy, ExternalLink, FileQuestionMark } from 'lucide-react';
import type { Route } from 'next';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { Link } from '#components/ui/link.tsx';
import { useCopy } from '#components/ui/use-copy.ts';
import { tourPartOf } from './tour-parts.ts';

/** This console, for whoever reports a fault; `build`: as it was named when it was built. */
export type ThisConsole = { version: string; build: string | null };

/** Omni's own page: the one address of it that this console knows. */
const OMNI = 'https://github.com/automagik-dev/omni';

const rowClass =
  'flex min-h-9 w-full items-center gap-3 rounded px-2 text-left hover:bg-hover [&>svg]:size-4 [&>svg]:text-muted';

/** The tour, what it says of this page, Omni's own page, and what a report of a problem needs. */
export function HelpLinks({ version, build, close }: ThisConsole & { close: () => void }) {
  const t = useTranslations('palette');
  const path = usePathname();
  const part = tourPartOf(path);
  const { state, copy } = useCopy();
  const details = () => t('help.details', { version, build: build ?? '–', page: path, browser: navigator.userAgent });
  return (
    <section aria-label={t('help.title')} className="mt-2 border-b pb-3">
      <ul className="grid gap-x-8 sm:grid-cols-2">
        <li>
          <Link href={'/help' as Route} data-focus onClick={close} className={rowClass}>
            <BookOpen aria-hidden />
            {t('help.tour')}
          </Link>
        </li>
        {part ? (
          <li>
            <Link href={`/help#${part}` as Route} onClick={close} className={rowClass}>
              <FileQuestionMark aria-hidden />
              {t('help.page')}
            </Link>
          </li>
        ) : null}
        <li>
          <a href={OMNI} target="_blank" rel="noreferrer noopener" className={rowClass}>
            <ExternalLink aria-hidden />
            {t('help.omni')}
          </a>
        </li>
        <li>
          <button type="button" onClick={() => void copy(details())} className={rowClass}>
            <ClipboardCopy aria-hidden />
            {t('help.report')}
          </button>
        </li>
      </ul>
      <p role="status" className="px-2 text-sm text-muted wrap-anywhere">
        {state === 'copied'
          ? t('help.copied')
          : state === 'refused'
            ? details()
            : build
              ? t('help.build', { version, build })
              : t('help.version', { version })}
      </p>
    </section>
  );
}
