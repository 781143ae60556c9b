'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useId, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchPeopleWithout } from '#components/form/picker/searches.ts';

type Props = {
  /** The person chosen already, in the role `as`. */
  chosen: { id: string; name: string | null } | null;
  page: '/persons/merge' | '/persons/link';
  /** The query parameter of the chosen person, or of the one to choose where there is none. */
  as: 'into' | 'from';
  /** The question, where it is not who is kept and who the duplicate is. */
  title?: string;
  /** What else the address then says. */
  also?: Record<string, string>;
};

/** Finds a person for a merge or a link, by name or by a pasted id; the choice stands in the address. */
export function ChoosePerson({ chosen, page, as: role, title, also = {} }: Props) {
  const t = useTranslations('merge');
  const id = useId();
  const router = useRouter();
  const [pending, start] = useTransition();
  const linking = page === '/persons/link';
  const other = linking ? 'to' : role === 'into' ? 'from' : 'into';
  const question =
    title ??
    (chosen ? t(linking ? 'pick-target' : 'pick-other', { name: chosen.name ?? t('no-name') }) : t('pick-first'));

  function choose(person: string) {
    const params = new URLSearchParams(location.search);
    if (chosen) params.set(role, chosen.id);
    for (const [name, value] of Object.entries(also)) params.set(name, value);
    params.set(chosen ? other : role, person);
    start(() => router.push(`${page}?${params}` as Route));
  }

  return (
    <section aria-labelledby={id} aria-busy={pending} className="max-w-2xl space-y-2">
      <h2 id={id}>{question}</h2>
      <Picker
        key={question}
        opened
        label={question}
        placeholder={t('pick-placeholder')}
        chosen={null}
        search={searchPeopleWithout(chosen ? [chosen.id] : [])}
        pick={(option) => option && choose(option.id)}
      />
    </section>
  );
}
