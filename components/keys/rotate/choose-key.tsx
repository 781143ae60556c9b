'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchKeys } from '#components/form/picker/searches.ts';

/** Finds the key to rotate, by name, prefix or id; the choice stands in the address. */
export function ChooseKey({ question, hint }: { question: string; hint: string }) {
  const router = useRouter();
  return (
    <section aria-label={question} className="max-w-2xl space-y-2">
      <h2>{question}</h2>
      <Picker
        opened
        label={question}
        placeholder={hint}
        chosen={null}
        search={searchKeys}
        pick={(option) => option && router.push(`/keys/rotate?key=${option.id}` as Route)}
      />
    </section>
  );
}
