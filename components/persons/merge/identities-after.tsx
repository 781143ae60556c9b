'use client';

import { useTranslations } from 'use-intl/react';
import { calledAmong } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';

/** The review says where a single identity goes; a picture says more from three on. */
const FEWEST = 3;

/** The identities that the kept record has after a merge, those that move marked. Nothing where the review says as much. */
export function IdentitiesAfter({ survivor, duplicate }: { survivor: ComparedRecord; duplicate: ComparedRecord }) {
  const t = useTranslations('merge');
  const all = [
    ...survivor.identities.map((identity) => ({ ...identity, moves: false })),
    ...duplicate.identities.map((identity) => ({ ...identity, moves: true })),
  ];
  if (all.length < FEWEST) return null;
  return (
    <section aria-labelledby="identities-after" className="text-sm">
      <h2 id="identities-after">
        {t('map-after')} <span className="font-normal text-muted">{all.length}</span>
      </h2>
      <p className="mt-2 font-medium break-words">
        <bdi>{calledAmong(survivor, [survivor, duplicate], t('no-name'))}</bdi>
      </p>
      <ul className="ml-2 border-l">
        {all.map(({ id, channel, instance, handle, moves }) => (
          <li
            key={id}
            className="flex flex-wrap items-baseline gap-x-3 py-1 pl-5 before:-ml-5 before:h-px before:w-3 before:translate-y-[-4px] before:bg-line"
          >
            <span className="w-20 shrink-0">{channel}</span>
            {instance ? <span className="text-muted">{instance}</span> : null}
            <span className="min-w-0 font-mono text-xs break-all">{handle}</span>
            {moves ? <span className="font-medium text-kept">{t('moves')}</span> : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
