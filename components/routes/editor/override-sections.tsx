'use client';

import { useTranslations } from 'use-intl/react';
import { Card } from '#components/ui/card.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { EditorInstance } from '#lib/routes/editor/editor.ts';
import { crossedPairs, SECTIONS, type OverrideSection } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { OverrideRow } from './override-row.tsx';
import type { RouteDraft } from './use-route-draft.ts';

type Props = { draft: RouteDraft; instance: EditorInstance; onlyOwn: boolean; disabled: boolean };

const NAMES = Object.keys(SECTIONS) as OverrideSection[];

/** The 25 settings in five sections. */
export function OverrideSections({ draft, instance, onlyOwn, disabled }: Props) {
  const t = useTranslations('route');
  const { fields, base, set, problems, changes, version } = draft;
  const crossed = crossedPairs((field) => fields[field] ?? instance.settings[field]);
  const changed = new Set(changes.map(({ field }) => field));
  const shown = (field: Override) => !onlyOwn || fields[field] !== null || changed.has(field);
  return (
    <>
      {NAMES.map((section) => {
        const all: readonly Override[] = SECTIONS[section];
        const visible = all.filter(shown);
        const own = all.filter((field) => fields[field] !== null).length;
        if (visible.length === 0) return null;
        return (
          <Card
            key={section}
            id={section}
            flush
            title={t(`sections.${section}`)}
            aside={<span className="text-sm text-muted">{t('section-own', { own })}</span>}
          >
            <div className="divide-y">
              {visible.map((field) => (
                <div key={field}>
                  <OverrideRow
                    key={version}
                    field={field}
                    value={fields[field]}
                    saved={base[field]}
                    inherited={instance.settings[field]}
                    set={(value) => set(field, value)}
                    changed={changed.has(field)}
                    problem={problems[field]}
                    disabled={disabled}
                  />
                  {crossed.includes(field) ? (
                    <Notice tone="warn" className="mx-4 mb-3">
                      {t('crossed')}
                    </Notice>
                  ) : null}
                </div>
              ))}
            </div>
          </Card>
        );
      })}
      {onlyOwn && draft.own === 0 && changed.size === 0 ? (
        <p className="rounded border bg-surface p-6 text-center text-muted">{t('none-own')}</p>
      ) : null}
    </>
  );
}
