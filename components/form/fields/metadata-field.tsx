'use client';

import { Plus, Trash2 } from 'lucide-react';
import { Controller } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { inputClass } from '#components/form/field.tsx';
import { useField } from '#components/form/use-field.ts';
import { Button } from '#components/ui/button.tsx';
import {
  metadataText,
  readDraft,
  rowsOf,
  type MetadataDraft,
  type MetadataRow,
} from '#lib/persons/record/metadata-rows.ts';

type Props = { name: string; label: string };

/** Metadata as keys and values, or as JSON; the view turns only while what is typed can be read. */
export function MetadataField({ name, label }: Props) {
  const t = useTranslations('form');
  const { id, error, form } = useField(name);

  function turn(draft: MetadataDraft): void {
    const read = readDraft(draft);
    if (!read.ok) return form.setError(name, { type: 'metadata', message: read.problem });
    form.clearErrors(name);
    const view = draft.view === 'json' ? 'rows' : 'json';
    form.setValue(name, { view, rows: rowsOf(read.value), json: metadataText(read.value) });
  }

  return (
    <Controller
      control={form.control}
      name={name}
      render={({
        field: { value: draft, onChange, ref },
      }: {
        field: {
          value: MetadataDraft;
          onChange: (draft: MetadataDraft) => void;
          ref: (element: HTMLElement | null) => void;
        };
      }) => (
        <div role="group" aria-label={label} aria-describedby={error ? `${id}-error` : undefined} className="space-y-2">
          {draft.view === 'json' ? (
            <textarea
              ref={ref}
              aria-label={t('metadata.json')}
              aria-invalid={error ? true : undefined}
              value={draft.json}
              onChange={(event) => onChange({ ...draft, json: event.target.value })}
              rows={8}
              spellCheck={false}
              className={`${inputClass} py-2 font-mono text-xs`}
            />
          ) : (
            <Rows rows={draft.rows} change={(rows) => onChange({ ...draft, rows })} />
          )}
          {error ? (
            <p id={`${id}-error`} role="alert" className="text-sm text-danger">
              {error}
            </p>
          ) : null}
          <Button size="sm" onClick={() => turn(draft)}>
            {t(draft.view === 'json' ? 'metadata.as-rows' : 'metadata.as-json')}
          </Button>
        </div>
      )}
    />
  );
}

function Rows({ rows, change }: { rows: MetadataRow[]; change: (rows: MetadataRow[]) => void }) {
  const t = useTranslations('form');
  const set = (at: number, part: Partial<MetadataRow>) =>
    change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <div className="space-y-2">
      {rows.map((row, index) => (
        <div key={row.id} className="flex gap-2">
          <input
            aria-label={t('metadata.key')}
            value={row.key}
            onChange={(event) => set(index, { key: event.target.value })}
            className={`${inputClass} w-2/5 font-mono text-xs`}
          />
          <input
            aria-label={t('metadata.value')}
            value={row.text}
            onChange={(event) => set(index, { text: event.target.value })}
            className={inputClass}
          />
          <button
            type="button"
            aria-label={t('metadata.remove', { key: row.key })}
            onClick={() => change(rows.filter((_, at) => at !== index))}
            className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover pointer-coarse:size-11"
          >
            <Trash2 aria-hidden className="size-4" />
          </button>
        </div>
      ))}
      <Button
        size="sm"
        variant="ghost"
        onClick={() => change([...rows, { id: crypto.randomUUID(), key: '', text: '', json: false }])}
      >
        <Plus aria-hidden className="size-4" />
        {t('metadata.add')}
      </Button>
    </div>
  );
}
