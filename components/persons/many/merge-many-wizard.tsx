'use client';

import Link from 'next/link';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { OperationPanel } from '#components/operations/run/operation-panel.tsx';
import { useOperation } from '#components/operations/run/use-operation.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { Avatar } from '#components/ui/avatar.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Field, inputClass } from '#components/form/field.tsx';
import type { CompareSide } from '#lib/persons/record/compared-record.ts';

const REST_MS = 400;

/** Several people into one: who stays, what happens one after the other, and then what happened. */
export function MergeManyWizard({ people, first }: { people: CompareSide[]; first: string }) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  const [stays, setStays] = useState(first);
  const [reason, setReason] = useState('');
  const operation = useOperation();
  const deciding = !operation.began;

  const goes = people.map(({ id }) => id).filter((id) => id !== stays);
  usePreview(operation, 'persons.merge-many', { stays, goes, reason: reason.trim() }, reason ? REST_MS : 0);

  return (
    <div className="max-w-4xl space-y-4">
      {deciding ? (
        <>
          <fieldset className="min-w-0 rounded border bg-surface">
            <legend className="sr-only">{t('who-stays')}</legend>
            <p aria-hidden className="border-b px-4 py-3 font-medium">
              {t('who-stays')}
            </p>
            {people.map((person) => (
              <Choice
                key={person.id}
                person={person}
                checked={person.id === stays}
                choose={() => setStays(person.id)}
              />
            ))}
          </fieldset>
          <div className="max-w-xl">
            <Field id="reason" label={tMerge('reason')} aside={tMerge('optional')} hint={tMerge('reason-hint')}>
              <input
                id="reason"
                value={reason}
                maxLength={300}
                onChange={(event) => setReason(event.target.value)}
                aria-describedby="reason-hint"
                className={inputClass}
              />
            </Field>
          </div>
        </>
      ) : null}
      <section aria-labelledby="outcome-title" className="rounded border bg-surface p-4">
        <h2 id="outcome-title" className="mb-3">
          {tMerge(deciding ? 'what-happens' : 'what-happened')}
        </h2>
        <OperationPanel
          operation={operation}
          runLabel={t('join', { count: people.length })}
          afterwards={
            <Link prefetch={false} href={`/persons/${stays}`} className={buttonClass({})}>
              {tMerge('see-person')}
            </Link>
          }
        />
      </section>
    </div>
  );
}

function Choice({ person, checked, choose }: { person: CompareSide; checked: boolean; choose: () => void }) {
  const t = useTranslations('many');
  const tMerge = useTranslations('merge');
  const facts = person.fields.flatMap(({ field, text }) =>
    text && (field === 'primaryPhone' || field === 'primaryEmail') ? text : [],
  );
  return (
    <label
      className={`flex min-h-14 items-center gap-3 border-b px-4 py-2 last:border-b-0 ${checked ? 'bg-kept-soft' : 'hover:bg-hover'}`}
    >
      <input type="radio" name="stays" checked={checked} onChange={choose} className="accent-(--accent)" />
      <Avatar name={person.name} />
      <span className="min-w-0 grow">
        <span className="block font-medium">{person.name ?? tMerge('no-name')}</span>
        <span className="block text-sm text-muted">
          {[...facts, t('identities', { count: person.identities.length })].join(' · ')}
        </span>
      </span>
      <span className={`shrink-0 text-xs font-semibold whitespace-nowrap ${checked ? 'text-kept' : 'text-removed'}`}>
        {tMerge(checked ? 'stays' : 'goes')}
      </span>
    </label>
  );
}
