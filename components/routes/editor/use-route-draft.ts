'use client';

import { useCallback, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { useDraftOf, useKeepDraft } from '#components/shell/drafts/draft.tsx';
import { useLeaveGuard } from '#components/shell/drafts/leave-guard.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { KINDS, valueProblem } from '#lib/routes/editor/override-kinds.ts';
import { OVERRIDES, type Override } from '#lib/routes/editor/overrides.ts';
import {
  changesIn,
  FIELDS,
  type FieldChange,
  type RouteField,
  type RouteFields,
} from '#lib/routes/editor/route-fields.ts';

/** Everything inherited: what a new route starts with. */
export const EMPTY: RouteFields = {
  ...(Object.fromEntries(FIELDS.map((field) => [field, null])) as RouteFields),
  priority: 0,
  isActive: true,
};

export type RouteDraft = {
  base: RouteFields;
  fields: RouteFields;
  changes: FieldChange[];
  /** Own values that cannot be sent, by field. */
  problems: Partial<Record<RouteField, string>>;
  own: number;
  set: (field: RouteField, value: Json) => void;
  /** Goes on from what is saved now; `fields` are the values to have. */
  rebase: (base: RouteFields, fields: RouteFields) => void;
  /** Unsaved values of an earlier visit were put back. */
  restored: boolean;
  /** Changes whenever values come from elsewhere than from their controls. */
  version: number;
  discard: () => void;
  forget: () => void;
};

/** The values on the screen beside those that are saved. They survive a reload of the page in this tab, until saved or discarded. */
export function useRouteDraft(name: string, start: RouteFields): RouteDraft {
  const t = useTranslations('form');
  const [base, setBase] = useState(start);
  const [fields, setFields] = useState(start);
  const [restored, setRestored] = useState(false);
  const [version, setVersion] = useState(0);
  const changes = useMemo(() => changesIn(base, fields), [base, fields]);
  const forget = useDraftOf<RouteFields>(
    draftName(name),
    {
      values: Object.fromEntries(changes.map(({ field, to }) => [field, to])),
      changed: changes.length > 0,
      restore: (kept) => {
        setFields((now) => ({ ...now, ...kept }));
        setRestored(true);
        setVersion((now) => now + 1);
      },
    },
    (field) => FIELDS.some((each) => each === field),
  );

  useLeaveGuard(changes.length > 0, t('leave'));

  const problems: RouteDraft['problems'] = {};
  for (const field of OVERRIDES) {
    const value = fields[field];
    const changed = changes.some((change) => change.field === field);
    const problem = value === null || !changed ? null : valueProblem(field, value);
    if (problem) problems[field] = problem;
  }
  if (typeof fields.priority !== 'number' || !Number.isInteger(fields.priority)) problems.priority = 'whole';

  const rebase = useCallback((nextBase: RouteFields, next: RouteFields) => {
    setBase(nextBase);
    setFields(next);
    setRestored(false);
    setVersion((now) => now + 1);
  }, []);

  return {
    base,
    fields,
    changes,
    problems,
    own: OVERRIDES.filter((field) => fields[field] !== null).length,
    set: useCallback((field, value) => setFields((now) => ({ ...now, [field]: value })), []),
    rebase,
    restored,
    version,
    discard: () => rebase(base, base),
    forget,
  };
}

/** Gives the values of a route that can't be created to the editor of the existing one, in this tab. */
export function useCarryDraft(): (name: string, fields: RouteFields) => void {
  const keep = useKeepDraft();
  return (name, fields) => {
    // The existing route may be inactive: whether it is to be active goes with the values.
    const asked = changesIn({ ...EMPTY, isActive: null }, fields);
    keep(draftName(name), JSON.stringify(Object.fromEntries(asked.map(({ field, to }) => [field, to]))));
  };
}

/** What a setting of its own starts with: what it inherits, else the mildest value of its kind. */
export function firstValue(field: Override, inherited: Json): Json {
  if (inherited !== null) return inherited;
  const kind = KINDS[field];
  if (kind.is === 'flag') return true;
  if (kind.is === 'choice') return kind.of[0] ?? null;
  if (kind.is === 'number') return '';
  if (kind.is === 'emoji') return {};
  if (kind.is === 'filter') {
    return { mode: 'all', conditions: { onDm: true, onMention: true, onReply: true, onNameMatch: false } };
  }
  return '';
}

const draftName = (name: string) => `route ${name}`;
