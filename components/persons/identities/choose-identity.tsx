'use client';

import type { Route } from 'next';
import { useRouter } from 'next/navigation';
import { useId, useTransition } from 'react';
import { useTranslations } from 'use-intl/react';
import { Picker } from '#components/form/picker/picker.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { calledAmong } from '#lib/persons/record/called.ts';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';

type Props = { from: ComparedRecord; to: ComparedRecord | null };

/** Picks the identity to link: one of the two people's, or by a pasted id that one of them has. */
export function ChooseIdentity({ from, to }: Props) {
  const t = useTranslations('link');
  const id = useId();
  const router = useRouter();
  const [pending, start] = useTransition();
  const people = to ? [from, to] : [from];
  const options = people.flatMap((person) =>
    person.identities.map((identity) => ({
      id: identity.id,
      name: identity.handle,
      detail: [identity.channel, identity.instance, calledAmong(person, people, t('no-name'))]
        .filter(Boolean)
        .join(' · '),
    })),
  );

  function choose(identity: string) {
    const owner = people.find(({ identities }) => identities.some((each) => each.id === identity)) ?? from;
    const other = people.find((person) => person !== owner);
    const query = new URLSearchParams({ from: owner.id, identity, ...(other ? { to: other.id } : {}) });
    start(() => router.push(`/persons/link?${query}` as Route));
  }

  return (
    <section aria-labelledby={id} aria-busy={pending} className="max-w-2xl space-y-2">
      <h2 id={id}>{t('pick-identity')}</h2>
      {options.length === 0 ? <p className="text-muted">{t('no-identities')}</p> : null}
      <Picker
        label={t('pick-identity')}
        placeholder={t('identity-or-id')}
        chosen={null}
        search={searchIn(options)}
        pick={(option) => option && choose(option.id)}
      />
    </section>
  );
}
