'use client';

import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { buttonClass } from '#components/ui/button.tsx';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/persons/record/short-name.ts';

/** Merges several people into one: who is kept, the review, and the receipt. */
export function MergeManyWizard({ people, first }: { people: ComparedRecord[]; first: string }) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  const ids = people.map(({ id }) => id);
  const change = useChange({
    name: 'persons.merge-many',
    start: { survivor: first, reason: '' },
    draft: `merge-many ${ids.toSorted().join(' ')}`,
    restorable: ({ survivor, ...kept }) => (survivor && ids.includes(survivor) ? { survivor, ...kept } : kept),
    input: ({ survivor, reason }) => ({
      survivor,
      duplicates: ids.filter((id) => id !== survivor),
      reason: reason.trim(),
    }),
  });
  const { survivor } = change.form.values;
  const kept = people.find(({ id }) => id === survivor);
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={tMerge('merge-into', { name: shortName(kept?.name ?? tMerge('no-name')) })}
      afterwards={
        <Link href={`/persons/${survivor}`} className={buttonClass({})}>
          {tMerge('see-person')}
        </Link>
      }
    >
      <fieldset className="min-w-0 rounded border bg-surface">
        <legend className="sr-only">{t('who-is-kept')}</legend>
        <p aria-hidden className="border-b px-4 py-3 font-medium">
          {t('who-is-kept')}
        </p>
        {people.map((person) => (
          <Choice
            key={person.id}
            person={person}
            people={people}
            checked={person.id === survivor}
            choose={() => change.form.setValue('survivor', person.id)}
          />
        ))}
      </fieldset>
      <ReasonField hint={tMerge('reason-hint')} />
    </ChangeForm>
  );
}

type ChoiceProps = { person: ComparedRecord; people: readonly ComparedRecord[]; checked: boolean; choose: () => void };

function Choice({ person, people, checked, choose }: ChoiceProps) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  return (
    <label
      className={`flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0 ${checked ? 'bg-kept-soft' : 'hover:bg-hover'}`}
    >
      <input type="radio" name="survivor" checked={checked} onChange={choose} className="accent-(--accent)" />
      <span className="min-w-0 grow">
        <PersonChip name={person.name} noName={tMerge('no-name')} fact={tellingFact(person, people)}>
          <span className="block text-sm text-muted">{t('identities', { count: person.identities.length })}</span>
        </PersonChip>
        <BlockedHere blocked={seenOr(person.blocked, null)} />
      </span>
      <span className={`shrink-0 text-xs font-semibold whitespace-nowrap ${checked ? 'text-kept' : 'text-removed'}`}>
        {tMerge(checked ? 'survivor' : 'duplicate')}
      </span>
    </label>
  );
}
