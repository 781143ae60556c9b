'use client';

import { useTranslations } from 'use-intl/react';
import type { CompareSide } from '#lib/persons/record/compared-record.ts';
import type { PersonField } from '#lib/persons/merge/merge-facts.ts';
import { saysMore } from '#lib/persons/directory/phone-digits.ts';

export type Choices = Partial<Record<PersonField, 'stays' | 'goes'>>;

type Props = { stays: CompareSide; goes: CompareSide; choices: Choices; choose: (choices: Choices) => void };

/** Field by field, conflicts first: whose value is kept. Where only one has a value, or has more of one phone, that one is kept unless told. */
export function FieldCompare({ stays, goes, choices, choose }: Props) {
  const t = useTranslations('merge');
  const rows = stays.fields.map(({ field, value, text }) => {
    const theirs = goes.fields.find((each) => each.field === field);
    const other = theirs?.text ?? null;
    const kind = other === null ? 'nothing' : text === null ? 'only-goes' : text === other ? 'same' : 'conflict';
    return {
      field,
      stays: text,
      goes: other,
      kind,
      kept: choices[field] ?? (kind === 'only-goes' || isFuller(field, theirs?.value, value) ? 'goes' : 'stays'),
    } as const;
  });
  const order = { conflict: 0, 'only-goes': 1, same: 2, nothing: 2 };
  const open = rows
    .filter(({ kind }) => kind === 'conflict' || kind === 'only-goes')
    .sort((a, b) => order[a.kind] - order[b.kind]);
  return (
    <section aria-labelledby="fields-title" className="rounded border bg-surface">
      <h2 id="fields-title" className="border-b px-4 py-3">
        {t('fields')}
      </h2>
      {open.length === 0 ? <p className="p-4 text-muted">{t('no-conflicts')}</p> : null}
      <div className="divide-y">
        {open.map((row) => (
          <fieldset key={row.field} className="grid gap-2 px-4 py-3 sm:grid-cols-[8rem_1fr_1fr] sm:items-stretch">
            <legend className="sr-only">{t(`field.${row.field}`)}</legend>
            <span aria-hidden className="self-center text-muted">
              {t(`field.${row.field}`)}
            </span>
            <Choice row={row} who="stays" choose={() => choose({ ...choices, [row.field]: 'stays' })} />
            <Choice row={row} who="goes" choose={() => choose({ ...choices, [row.field]: 'goes' })} />
          </fieldset>
        ))}
      </div>
    </section>
  );
}

function isFuller(field: PersonField, a: unknown, b: unknown): boolean {
  return field === 'primaryPhone' && typeof a === 'string' && typeof b === 'string' && saysMore(a, b);
}

type Row = { field: PersonField; stays: string | null; goes: string | null; kept: 'stays' | 'goes' };

function Choice({ row, who, choose }: { row: Row; who: 'stays' | 'goes'; choose: () => void }) {
  const t = useTranslations('merge');
  const value = row[who];
  const kept = row.kept === who;
  return (
    <label
      className={`flex min-h-10 min-w-0 cursor-pointer items-center gap-2 rounded border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft ${kept ? '' : 'text-muted'}`}
    >
      <input
        type="radio"
        name={`field-${row.field}`}
        checked={kept}
        onChange={choose}
        className="shrink-0 accent-(--accent)"
      />
      <span className="min-w-0">
        {t(who)}
        <span className="line-clamp-3 font-medium break-words">
          {value ?? <span className="italic">{t('no-value')}</span>}
        </span>
      </span>
    </label>
  );
}
