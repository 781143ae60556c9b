'use client';

import { useTranslations } from 'use-intl/react';
import { Field } from '#components/form/field.tsx';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';

export type InstanceChoice = { id: string; name: string; channel: string };

type Props = {
  instances: readonly InstanceChoice[];
  chosen: string | null;
  pick: (id: string | null) => void;
  disabled?: boolean | undefined;
  /** It is the next to be chosen. */
  focused?: boolean;
};

/** One of the instances the key sees, by name. */
export function InstanceField({ instances, chosen, pick, disabled, focused }: Props) {
  const t = useTranslations('route');
  const options = instances
    .map(({ id, name, channel }) => ({ id, name, detail: channel }))
    .toSorted((one, other) => one.name.localeCompare(other.name));
  const none = instances.length === 0;
  return (
    <Field id="instance" label={t('instance')} hint={none ? t('no-instances') : undefined}>
      <Picker
        id="instance"
        label={t('instance')}
        placeholder={t('pick-instance')}
        chosen={options.find(({ id }) => id === chosen) ?? null}
        search={searchIn(options)}
        pick={(option) => pick(option?.id ?? null)}
        disabled={disabled}
        focused={focused}
        describedBy={none ? 'instance-hint' : undefined}
      />
    </Field>
  );
}
