'use client';

import { useTranslations } from 'use-intl/react';
import { Badge } from '#components/ui/badge.tsx';
import { SECTIONS, type OverrideSection } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import type { ResolutionView } from '#lib/routes/resolve/resolution-view.ts';
import { useValueWords } from '#components/routes/editor/value-words.ts';

const NAMES = Object.keys(SECTIONS) as OverrideSection[];
const TONES = { route: 'accent', instance: 'plain', unknown: 'unknown' } as const;

/** All 25 settings as they are in force, each with where it comes from. */
export function EffectiveSettings({ settings }: Pick<ResolutionView, 'settings'>) {
  const t = useTranslations('route-test');
  const tRoute = useTranslations('route');
  const tFields = useTranslations('route-fields');
  const words = useValueWords();
  const byName = new Map(settings.map((setting) => [setting.name, setting]));
  return (
    <div className="gap-8 md:columns-2">
      {NAMES.map((section) => (
        <section key={section} aria-label={tRoute(`sections.${section}`)} className="break-inside-avoid p-4">
          <h3>{tRoute(`sections.${section}`)}</h3>
          <dl className="mt-1 divide-y">
            {SECTIONS[section].map((name: Override) => {
              const setting = byName.get(name);
              const origin = setting?.origin ?? 'unknown';
              return (
                <div key={name} className="flex flex-wrap items-baseline justify-between gap-x-3 py-1.5">
                  <dt className="text-muted">{tFields(name)}</dt>
                  <dd className="flex min-w-0 items-baseline gap-2">
                    <span className="line-clamp-3 min-w-0 break-words">
                      {origin === 'unknown' ? '—' : words(name, setting?.value ?? null)}
                    </span>
                    <Badge tone={TONES[origin]}>{t(`origins.${origin}`)}</Badge>
                  </dd>
                </div>
              );
            })}
          </dl>
        </section>
      ))}
    </div>
  );
}
