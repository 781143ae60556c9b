'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { ChoiceCardsOf } from '#components/form/fields/choice-cards.tsx';
import { PRESETS } from '#lib/keys/form/profiles.ts';
import { fitScopes } from '#lib/scopes/table.ts';

type Props = {
  scopes: readonly string[];
  own: readonly string[] | null;
  choose: (scopes: string[]) => void;
};

const CUSTOM = 'custom';
const same = (one: readonly string[], other: readonly string[]) =>
  one.length === other.length && one.every((scope) => other.includes(scope));

/** Permissions by job, or those chosen below; those the session's own key lacks are left out, and named. */
export function PresetPicker({ scopes: chosen, own, choose }: Props) {
  const t = useTranslations('key-form');
  const [custom, setCustom] = useState(false);
  const presets = PRESETS.map(({ id, scopes }) => ({ id, ...fitScopes(scopes, own) }));
  const matching = presets.find(({ granted }) => granted.length > 0 && same(granted, chosen));
  return (
    <ChoiceCardsOf
      label={t('presets-title')}
      value={(custom ? null : matching?.id) ?? CUSTOM}
      choose={(id) => {
        setCustom(id === CUSTOM);
        if (id !== CUSTOM) choose(presets.find((one) => one.id === id)?.granted ?? []);
      }}
      options={[
        ...presets.map(({ id, granted, missing }) => ({
          value: id,
          title: t(`presets.${id}.name`),
          disabled: granted.length === 0,
          help: (
            <>
              {t(`presets.${id}.for`)}
              {missing.length > 0 ? (
                <span className="mt-1 block text-xs break-words text-warn">
                  {t('preset-without', { scopes: missing.join(', ') })}
                </span>
              ) : null}
            </>
          ),
        })),
        { value: CUSTOM, title: t('custom'), help: t('custom-help') },
      ]}
    />
  );
}
