'use client';

import { useTranslations } from 'use-intl/react';
import type { ComparedRecord } from '#lib/persons/record/compared-record.ts';
import type { PersonField } from '#lib/persons/merge/merge-facts.ts';
import { saysMore } from '#lib/persons/record/says-more.ts';

export type FieldDecisions = Partial<Record<PersonField, 'survivor' | 'duplicate'>>;

type Props = {
  survivor: ComparedRecord;
  duplicate: ComparedRecord;
  choices: FieldDecisions;
  choose: (choices: FieldDecisions) => void;
};

/** Field by field, conflicts first: whose value is kept. Unless chosen, the only value, and of one phone the fuller spelling. */
export function FieldCompare({ survivor, duplicate, choices, choose }: Props) {
  const t = useTranslations('merge');
  const rows = survivor.fields.map(({ field, text, spelling }) => {
    const others = duplicate.fields.find((each) => each.field === field);
    const other = others?.text ?? null;
    const kind = other === null ? 'nothing' : text === null ? 'only-duplicate' : text === other ? 'same' : 'conflict';
    return {
      field,
      survivor: text,
      duplicate: other,
      kind,
      kept:
        choices[field] ??
        (kind === 'only-duplicate' || saysMore(others?.spelling ?? null, spelling) ? 'duplicate' : 'survivor'),
    } as const;
  });
  const order = { conflict: 0, 'only-duplicate': 1, same: 2, nothing: 2 };
  const open = rows
    .filter(({ kind }) => kind === 'conflict' || kind === 'only-duplicate')
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
            <Choice row={row} who="survivor" choose={() => choose({ ...choices, [row.field]: 'survivor' })} />
            <Choice row={row} who="duplicate" choose={() => choose({ ...choices, [row.field]: 'duplicate' })} />
          </fieldset>
        ))}
      </div>
    </section>
  );
}

type Row = { field: PersonField; survivor: string | null; duplicate: string | null; kept: 'survivor' | 'duplicate' };

function Choice({ row, who, choose }: { row: Row; who: 'survivor' | 'duplicate'; choose: () => void }) {
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
