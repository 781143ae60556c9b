'use client';

import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { ChangeForm } from '#components/operations/change/change-form.tsx';
import { useChange } from '#components/operations/change/use-change.ts';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { BlockedHere } from '#components/ui/verdict/blocked-here.tsx';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { refusedMerges } from '#lib/persons/many/refused.ts';
import { useTexts } from '#components/operations/receipt/text-of.ts';
import { seenOr } from '#lib/omni/seen.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/text/short-name.ts';

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
  const { state } = change.operation;
  const refused = change.deciding && 'plan' in state && state.plan?.refusal ? refusedMerges(state.plan) : [];
  return (
    <ChangeForm
      addressed
      change={change}
      runLabel={tMerge('merge-into', { name: shortName(kept?.name ?? tMerge('no-name')) })}
    >
      <fieldset className="min-w-0 border-y">
        <legend className="sr-only">{t('who-is-kept')}</legend>
        <p aria-hidden className="border-b py-2 text-sm font-semibold">
          {t('who-is-kept')}
        </p>
        {people.map((person) => (
          <Choice
            key={person.id}
            person={person}
            people={people}
            checked={person.id === survivor}
            choose={() => change.form.setValue('survivor', person.id)}
            refusal={refused.find(({ duplicate }) => duplicate === person.id)?.why ?? null}
          />
        ))}
      </fieldset>
      <ReasonField />
    </ChangeForm>
  );
}

type ChoiceProps = {
  person: ComparedRecord;
  people: readonly ComparedRecord[];
  checked: boolean;
  choose: () => void;
  /** Why this person can't be merged into the chosen one. */
  refusal: Text | null;
};

function Choice({ person, people, checked, choose, refusal }: ChoiceProps) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  const { say } = useTexts();
  const others = people.filter(({ id }) => id !== person.id).map(({ id }) => id);
  const { identities } = person;
  const messages = identities.reduce((sum, one) => sum + one.messages, 0);
  return (
    <div className="border-b last:border-b-0">
      <label
        className={`flex min-h-11 items-center gap-3 px-2 py-1.5 ${checked ? 'bg-accent-soft' : 'hover:bg-hover'}`}
      >
        <input type="radio" name="survivor" checked={checked} onChange={choose} className="accent-(--accent)" />
        <span className="min-w-0 grow">
          <PersonChip name={person.name} noName={tMerge('no-name')} fact={tellingFact(person, people)}>
            <span className="block text-xs text-muted">
              {tMerge('counts', { identities: identities.length, messages })}
            </span>
            <BlockedHere blocked={seenOr(person.blocked, null)} />
          </PersonChip>
        </span>
        <span className={`shrink-0 text-xs font-semibold ${checked ? 'text-accent-text' : 'text-muted'}`}>
          {tMerge(checked ? 'survivor' : 'duplicate')}
        </span>
      </label>
      {refusal ? (
        <p className="flex flex-wrap items-baseline gap-x-3 px-2 pb-2 pl-9 text-sm text-danger">
          {say(refusal)}
          {others.length > 1 ? (
            <Link
              replace
              scroll={false}
              href={`/persons/merge-many?ids=${others.join(',')}`}
              className="inline-flex min-h-target items-center text-accent-text hover:underline"
            >
              {t('leave-out', { name: shortName(person.name ?? tMerge('no-name')) })}
            </Link>
          ) : null}
        </p>
      ) : null}
    </div>
  );
}
