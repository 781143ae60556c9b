'use client';

import { useId } from 'react';
import { Field, inputClass } from '#components/form/field.tsx';
import { SingleKeysChoice } from './single-keys-choice.tsx';
import { usePreferenceList, type Preference } from './use-preferences.ts';

/** Language, theme, density and shortcuts of this browser, for the account page. */
export function PreferenceChoice(props: { theme: string; density: string }) {
  return (
    <div className="grid gap-4 sm:grid-cols-3">
      {usePreferenceList(props).map((one) => (
        <Choice key={one.name} {...one} />
      ))}
      <div className="sm:col-span-3">
        <SingleKeysChoice />
      </div>
    </div>
  );
}

function Choice({ label, value, options, choose }: Preference) {
  const id = useId();
  return (
    <Field id={id} label={label}>
      <select id={id} value={value} onChange={(event) => choose(event.target.value)} className={inputClass}>
        {options.map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </Field>
  );
}
