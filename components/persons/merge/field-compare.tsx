'use client';

import { useTranslations } from 'use-intl/react';
import type { FieldRow } from '#lib/persons/merge/merge-fields.ts';
import type { PersonField } from '#lib/persons/merge/merge-facts.ts';

export type FieldDecisions = Partial<Record<PersonField, 'survivor' | 'duplicate'>>;

type Props = {
  /** The fields as the plan has them. */
  rows: readonly FieldRow[];
  choices: FieldDecisions;
  choose: (choices: FieldDecisions) => void;
};

/** Field by field, conflicts first: whose value is kept. What is kept unless chosen, the plan decides. */
export function FieldCompare({ rows, choices, choose }: Props) {
  const t = useTranslations('merge');
  const open = rows.filter((row) => row.open);
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
            {(['survivor', 'duplicate'] as const).map((who) => (
              <Choice
                key={who}
                row={row}
                who={who}
                kept={(row.fixed ? row.keep : (choices[row.field] ?? row.keep)) === who}
                choose={() => choose({ ...choices, [row.field]: who })}
              />
            ))}
          </fieldset>
        ))}
      </div>
    </section>
  );
}

type ChoiceProps = { row: FieldRow; who: 'survivor' | 'duplicate'; kept: boolean; choose: () => void };

function Choice({ row, who, kept, choose }: ChoiceProps) {
  const t = useTranslations('merge');
  const value = row[who];
  return (
    <label
      className={`flex min-h-10 min-w-0 cursor-pointer items-center gap-2 rounded border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft has-disabled:cursor-default ${kept ? '' : 'text-muted'}`}
    >
      <input
        type="radio"
        name={`field-${row.field}`}
        checked={kept}
        disabled={row.fixed}
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
