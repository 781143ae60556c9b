'use client';

import { Pencil, Plus, Trash2 } from 'lucide-react';
import { useState, type ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { useSmallChange } from '#components/operations/run/use-small-change.ts';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { Button } from '#components/ui/button.tsx';
import { inputClass } from '#components/form/field.tsx';
import { GuardedButton } from '#components/ui/guarded-button.tsx';
import { Notice } from '#components/ui/state/notice.tsx';
import type { Json, Text as Refusal } from '#lib/operations/plan/define.ts';
import { rowsOf, rowsToMetadata, textToMetadata, type MetadataRow } from '#lib/persons/record/metadata-rows.ts';

type Props = { personId: string; metadata: { [key: string]: Json } | null; locked?: string; children: ReactNode };

/** Metadata as keys and values, or as JSON. Omni replaces it whole, so the whole is sent (contract §3). */
export function MetadataEditor({ personId, metadata, locked, children }: Props) {
  const t = useTranslations('person');
  const [view, setView] = useState<'closed' | 'rows' | 'json'>('closed');
  const [rows, setRows] = useState<MetadataRow[]>([]);
  const [json, setJson] = useState('');
  const [wrong, setWrong] = useState<string>();
  const [seen, setSeen] = useState(metadata);
  const { state, trouble, change, reset } = useSmallChange(() => setView('closed'));
  const busy = state.at === 'running' || state.at === 'starting';
  const refusal = trouble?.refusal;
  // With what was seen when it was opened: else a draft would overwrite, unasked, what somebody else changed since.
  const draft = { view, rows, json, seen };
  useDraftOf<typeof draft>(
    `person ${personId} metadata`,
    {
      values: draft,
      changed: view !== 'closed' && (json !== JSON.stringify(seen ?? {}, null, 2) || changedRows(rows, seen)),
      restore: (kept) => {
        if (locked || !kept.view || !kept.rows) return;
        setSeen(kept.seen ?? null);
        setRows(kept.rows);
        setJson(kept.json ?? '');
        setView(kept.view);
      },
    },
    sameKind({ view: 'closed', rows: [], json: '', seen: null }),
  );

  function open() {
    setSeen(metadata);
    setRows(rowsOf(metadata));
    setJson(JSON.stringify(metadata ?? {}, null, 2));
    setWrong(undefined);
    reset();
    setView('rows');
  }
  function read() {
    return view === 'json' ? textToMetadata(json) : rowsToMetadata(rows);
  }
  function turn() {
    const now = read();
    if (!now.ok) return setWrong(now.problem);
    setWrong(undefined);
    setRows(rowsOf(now.value));
    setJson(JSON.stringify(now.value, null, 2));
    setView(view === 'json' ? 'rows' : 'json');
  }
  function save(over = seen) {
    const now = read();
    if (!now.ok) return setWrong(now.problem);
    setWrong(undefined);
    setSeen(over);
    void change('persons.edit', {
      id: personId,
      changes: { metadata: Object.keys(now.value).length > 0 ? now.value : null },
      expects: { metadata: over },
    });
  }

  /** The metadata as opened, with the one key that somebody else changed as it is now, so that it is overwritten knowingly. */
  function withClash({ data }: Refusal): { [key: string]: Json } {
    return { ...seen, [String(data?.key)]: data?.now ?? null };
  }

  if (view === 'closed') {
    return (
      <div className="flex items-start justify-between gap-2">
        <div className="min-w-0 py-1.5">{children}</div>
        <GuardedButton
          bare
          aria-label={t('edit', { what: t('metadata') })}
          reason={locked}
          onClick={open}
          className="grid size-8 shrink-0 place-items-center rounded text-muted hover:bg-hover hover:text-text aria-disabled:opacity-50"
        >
          <Pencil aria-hidden className="size-3.5" />
        </GuardedButton>
      </div>
    );
  }
  return (
    <div className="space-y-2">
      {view === 'json' ? (
        <textarea
          aria-label={t('metadata-json')}
          value={json}
          onChange={(event) => setJson(event.target.value)}
          rows={8}
          spellCheck={false}
          className={`${inputClass} h-auto py-2 font-mono text-xs`}
        />
      ) : (
        <Rows rows={rows} change={setRows} />
      )}
      {wrong ? (
        <Notice tone="danger" role="alert">
          {t(`metadata-problems.${wrong}` as never)}
        </Notice>
      ) : trouble ? (
        <Notice
          tone={trouble.refusal ? 'warn' : 'danger'}
          role="alert"
          title={trouble.title}
          actions={
            refusal?.key === 'edit.clash-key' ? (
              <Button size="sm" onClick={() => save(withClash(refusal))}>
                {t('write-anyway')}
              </Button>
            ) : undefined
          }
        >
          {trouble.help}
        </Notice>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button size="sm" variant="primary" disabled={busy} onClick={() => save()}>
          {busy ? t('saving') : t('save')}
        </Button>
        <Button size="sm" onClick={turn}>
          {view === 'json' ? t('as-rows') : t('as-json')}
        </Button>
        <Button size="sm" variant="ghost" onClick={() => setView('closed')}>
          {t('cancel')}
        </Button>
      </div>
    </div>
  );
}

/** Whether rows say something else than the metadata they were made of. */
function changedRows(rows: readonly MetadataRow[], of: { [key: string]: Json } | null): boolean {
  const said = (all: readonly MetadataRow[]) => JSON.stringify(all.map(({ key, text }) => [key, text]));
  return said(rows) !== said(rowsOf(of));
}

function Rows({ rows, change }: { rows: MetadataRow[]; change: (rows: MetadataRow[]) => void }) {
  const t = useTranslations('person');
  const set = (at: number, part: Partial<MetadataRow>) =>
    change(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  return (
    <div className="space-y-2">
      {rows.map((row, index) => (
        <div key={row.id} className="flex gap-2">
          <input
            aria-label={t('metadata-key')}
            value={row.key}
            onChange={(event) => set(index, { key: event.target.value })}
            className={`${inputClass} w-2/5 font-mono text-xs`}
          />
          <input
            aria-label={t('metadata-value')}
            value={row.text}
            onChange={(event) => set(index, { text: event.target.value })}
            className={inputClass}
          />
          <button
            type="button"
            aria-label={t('metadata-remove', { key: row.key })}
            onClick={() => change(rows.filter((_, at) => at !== index))}
            className="grid size-10 shrink-0 place-items-center rounded text-muted hover:bg-hover"
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
        {t('metadata-add')}
      </Button>
    </div>
  );
}
