'use client';

import { useEffect, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { Card } from '#components/ui/card.tsx';
import type { EditorInstance } from '#lib/routes/editor/editor.ts';
import { crossedPairs, SECTIONS, type OverrideSection } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';
import { firstTyped } from '#lib/routes/editor/typed-route.ts';
import { OverrideRow } from './override-row.tsx';
import type { RouteChange } from './use-route-change.ts';
import { useValueWords } from './value-words.ts';

const ORDERED = (Object.keys(SECTIONS) as OverrideSection[]).flatMap((section) =>
  SECTIONS[section].map((field: Override) => ({ field, section })),
);

type Props = { change: RouteChange; instance: EditorInstance; disabled: boolean };

/** The overrides in effect, and those that are cleared; the others are found and added. */
export function OverridesCard({ change: { form, read, typedSaved }, instance, disabled }: Props) {
  const t = useTranslations('route');
  const tFields = useTranslations('route-fields');
  const words = useValueWords();
  const [added, setAdded] = useState<Override | null>(null);
  const { values } = form;
  const changed = (field: Override) => JSON.stringify(values[field]) !== JSON.stringify(typedSaved[field]);
  const shown = ORDERED.filter(({ field }) => values[field] !== null || typedSaved[field] !== null);
  const crossed = crossedPairs((field) => read.fields[field] ?? instance.settings[field]);
  const maximumOf = (field: Override) => {
    const most = crossed.find(({ least }) => least === field)?.most;
    return most && { name: tFields(most), value: words(most, read.fields[most] ?? instance.settings[most]) };
  };
  const options = ORDERED.filter(({ field }) => values[field] === null).map(({ field, section }) => ({
    id: field,
    name: tFields(field),
    detail: [
      t(`sections.${section}`),
      instance.settings[field] === null
        ? t('inherit-unknown')
        : t('inherit', { value: words(field, instance.settings[field]) }),
    ].join(' · '),
  }));
  useEffect(() => {
    if (added === null) return;
    const row = document.getElementById(`row-${added}`);
    const input = row?.querySelector<HTMLElement>('input:checked') ?? row?.querySelector('input,select,textarea');
    if (input instanceof HTMLElement) input.focus();
    setAdded(null);
  }, [added]);

  function add(field: Override) {
    form.setValue(field, typedSaved[field] ?? firstTyped(field, instance.settings[field]));
    setAdded(field);
  }

  return (
    <Card id="overrides" flush title={t('own-count', { own: shown.length - cleared(shown, values) })}>
      {shown.length > 0 ? (
        <div className="divide-y border-b">
          {shown.map(({ field }) => (
            <OverrideRow
              key={field}
              field={field}
              value={values[field]}
              inherited={instance.settings[field]}
              set={(value) => form.setValue(field, value)}
              revert={changed(field) ? () => form.setValue(field, typedSaved[field]) : undefined}
              problem={read.problems[field]}
              maximum={maximumOf(field)}
              disabled={disabled}
            />
          ))}
        </div>
      ) : (
        <p className="px-4 pt-3 text-muted empty:hidden last:pb-3">
          {instance.name ? t('all-inherited', { instance: instance.name }) : null}
        </p>
      )}
      {disabled && instance.name ? null : (
        <div className="max-w-96 px-4 py-3">
          <Picker
            id="add-override"
            label={t('add-override')}
            placeholder={t('add-override')}
            disabled={disabled}
            chosen={null}
            search={searchIn(options)}
            pick={(option) => {
              const found = ORDERED.find(({ field }) => field === option?.id);
              if (found) add(found.field);
            }}
          />
        </div>
      )}
    </Card>
  );
}

function cleared(shown: readonly { field: Override }[], values: RouteChange['form']['values']): number {
  return shown.filter(({ field }) => values[field] === null).length;
}
