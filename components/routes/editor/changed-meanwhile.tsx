'use client';

import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { Button } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import type { Json, Text } from '#lib/operations/plan/define.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';
import { sameJson } from '#lib/operations/plan/canonical.ts';
import { FIELDS, type RouteField, type RouteFields } from '#lib/routes/editor/route-fields.ts';
import { useValueWords } from './value-words.ts';

type Props = {
  /** What was saved when the editing began, what is wanted, and what somebody else saved. */
  saved: RouteFields;
  fields: RouteFields;
  theirs: RouteFields;
  continueWith: (fields: RouteFields) => void;
};
type Side = 'yours' | 'theirs';

/** Three columns: what you want, what it was, what somebody else saved. Only where both changed must one choose. */
export function ChangedMeanwhile({ saved: base, fields, theirs, continueWith }: Props) {
  const t = useTranslations('route');
  const tFields = useTranslations('route-fields');
  const words = useFieldWords();
  const [chosen, choose] = useState<Partial<Record<RouteField, Side>>>({});
  const rows = FIELDS.flatMap((field) => {
    const [mine, other] = [!sameJson(base[field], fields[field]), !sameJson(base[field], theirs[field])];
    if (!mine && !other) return [];
    return [
      { field, both: mine && other && !sameJson(fields[field], theirs[field]), first: mine ? 'yours' : 'theirs' },
    ];
  });
  const sideOf = (field: RouteField, first: string): Side => chosen[field] ?? (first === 'yours' ? 'yours' : 'theirs');
  const open = rows.filter(({ field, both }) => both && !chosen[field]);

  function done() {
    const next = { ...theirs };
    for (const { field, first } of rows) next[field] = sideOf(field, first) === 'yours' ? fields[field] : theirs[field];
    continueWith(next);
  }

  return (
    <Card id="meanwhile" title={t('meanwhile')} flush>
      <div role="group" aria-label={t('meanwhile')} className="divide-y border-b">
        {rows.map(({ field, both, first }) => (
          <fieldset
            key={field}
            className="grid gap-2 px-4 py-3 md:grid-cols-[11rem_repeat(3,minmax(0,1fr))] md:items-stretch"
          >
            <legend className="sr-only">{tFields(field)}</legend>
            <span aria-hidden className="self-center">
              <span className="block font-medium">{tFields(field)}</span>
              {both ? <span className="block text-sm text-warn">{t('both-changed')}</span> : null}
            </span>
            {(['yours', 'was', 'theirs'] as const).map((side) =>
              side === 'was' ? (
                <div key={side} className="min-w-0 rounded border border-dashed px-3 py-2 text-muted">
                  <span className="block text-xs">{t('sides.was')}</span>
                  <span className="line-clamp-3 break-words">{words(field, base[field])}</span>
                </div>
              ) : (
                <label
                  key={side}
                  className="flex min-w-0 cursor-pointer gap-2 rounded border px-3 py-2 has-checked:border-accent has-checked:bg-accent-soft"
                >
                  <input
                    type="radio"
                    name={`side-${field}`}
                    checked={both && !chosen[field] ? false : sideOf(field, first) === side}
                    onChange={() => choose({ ...chosen, [field]: side })}
                    className="mt-1 shrink-0 accent-(--accent)"
                  />
                  <span className="min-w-0">
                    {t(`sides.${side}`)}
                    <span className="line-clamp-3 font-medium break-words">
                      {words(field, side === 'yours' ? fields[field] : theirs[field])}
                    </span>
                  </span>
                </label>
              ),
            )}
          </fieldset>
        ))}
        {rows.length === 0 ? <p className="p-4 text-muted">{t('meanwhile-same')}</p> : null}
      </div>
      <Button variant="primary" className="m-4" disabled={open.length > 0} onClick={done}>
        {open.length > 0 ? t('choose-first', { count: open.length }) : t('continue')}
      </Button>
    </Card>
  );
}

/** What somebody else saved meanwhile, where a preview is refused for that. */
export function savedMeanwhile(refusal: Text | undefined): { updatedAt: string; fields: RouteFields } | null {
  const { updatedAt, fields } = refusal?.data ?? {};
  return typeof updatedAt === 'string' && isFields(fields) ? { updatedAt, fields } : null;
}

function isFields(fields: Json | undefined): fields is RouteFields {
  return typeof fields === 'object' && fields !== null && 'agentId' in fields;
}

function useFieldWords(): (field: RouteField, value: Json) => string {
  const t = useTranslations('route');
  const words = useValueWords();
  return (field, value) => {
    if (isOverride(field)) return value === null ? t('inherits') : words(field, value);
    if (typeof value === 'boolean') return t(value ? 'is-active' : 'is-inactive');
    return value === null ? '—' : String(value);
  };
}

function isOverride(field: RouteField): field is Override {
  return OVERRIDES.some((name) => name === field);
}
