'use client';

import { useTranslations } from 'use-intl/react';
import { SECTIONS, type OverrideSection } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { useValueWords } from '#components/routes/editor/value-words.ts';

const ORDERED = (Object.keys(SECTIONS) as OverrideSection[]).flatMap(
  (section): readonly Override[] => SECTIONS[section],
);

type Settings = ResolutionView['settings'];

/** All 25 settings as they are in force: the route's own, and those of its instance. */
export function EffectiveSettings({ settings }: Pick<ResolutionView, 'settings'>) {
  const t = useTranslations('route-test');
  const inOrder = ORDERED.flatMap((name) => settings.find((one) => one.name === name) ?? []);
  const own = inOrder.filter(({ origin }) => origin === 'route');
  const inherited = inOrder.filter(({ origin }) => origin !== 'route');
  return (
    <section aria-labelledby="settings-title">
      <h2 id="settings-title">{t('settings')}</h2>
      {own.length > 0 ? <Group all={own} title={t('own', { count: own.length })} /> : null}
      {inherited.length > 0 ? <Group all={inherited} title={t('inherited', { count: inherited.length })} /> : null}
    </section>
  );
}

function Group({ all, title }: { all: Settings; title: string }) {
  const t = useTranslations('route-test');
  const tFields = useTranslations('route-fields');
  const words = useValueWords();
  return (
    <details className="border-b">
      <summary className="min-h-9 cursor-pointer py-2">{title}</summary>
      <dl className="gap-8 pb-2 md:columns-2">
        {all.map(({ name, value, origin }) => (
          <div key={name} className="flex break-inside-avoid flex-wrap items-baseline justify-between gap-x-3 py-1">
            <dt className="text-muted">{tFields(name)}</dt>
            <dd className="line-clamp-3 min-w-0 break-words">
              {origin === 'unknown' ? t('origins.unknown') : words(name, value)}
            </dd>
          </div>
        ))}
      </dl>
    </details>
  );
}
