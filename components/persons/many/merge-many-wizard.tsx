'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { PersonChip } from '#components/persons/directory/person-chip.tsx';
import { ReasonField } from '#components/persons/merge/reason-field.tsx';
import { WhatHappens } from '#components/persons/merge/what-happens.tsx';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import { tellingFact } from '#lib/persons/record/called.ts';
import { shortName } from '#lib/persons/record/short-name.ts';

const REST_MS = 400;

/** Merges several people into one: who is kept, the review, and the receipt. */
export function MergeManyWizard({ people, first }: { people: ComparedRecord[]; first: string }) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  const [survivor, setSurvivor] = useState(first);
  const [reason, setReason] = useState('');
  const operation = useOperation();
  const deciding = !operation.began;

  const duplicates = people.map(({ id }) => id).filter((id) => id !== survivor);
  const draft = { survivor, reason };
  useDraftOf<typeof draft>(
    `merge-many ${people
      .map(({ id }) => id)
      .toSorted()
      .join(' ')}`,
    {
      values: draft,
      changed: deciding && (reason !== '' || survivor !== first),
      restore: (was) => {
        if (people.some(({ id }) => id === was.survivor)) setSurvivor(was.survivor ?? first);
        if (was.reason) setReason(was.reason);
      },
    },
    sameKind(draft),
  );
  const kept = people.find(({ id }) => id === survivor);
  usePreview(operation, 'persons.merge-many', { survivor, duplicates, reason: reason.trim() }, reason ? REST_MS : 0);

  return (
    <div className="max-w-4xl space-y-4">
      {deciding ? (
        <>
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
                choose={() => setSurvivor(person.id)}
              />
            ))}
          </fieldset>
          <div className="max-w-xl">
            <ReasonField value={reason} change={setReason} hint={tMerge('reason-hint')} />
          </div>
        </>
      ) : null}
      <WhatHappens deciding={deciding}>
        <OperationPanel
          addressed
          operation={operation}
          runLabel={tMerge('merge-into', { name: shortName(kept?.name ?? tMerge('no-name')) })}
          afterwards={
            <Link prefetch={false} href={`/persons/${survivor}`} className={buttonClass({})}>
              {tMerge('see-person')}
            </Link>
          }
        />
      </WhatHappens>
    </div>
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
      </span>
      <span className={`shrink-0 text-xs font-semibold whitespace-nowrap ${checked ? 'text-kept' : 'text-removed'}`}>
        {tMerge(checked ? 'survivor' : 'duplicate')}
      </span>
    </label>
  );
}
