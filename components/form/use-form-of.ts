'use client';

import { useEffect, useRef, useState } from 'react';
import { useForm, useWatch, type DefaultValues, type Path, type PathValue, type UseFormReturn } from 'react-hook-form';
import { useTranslations } from 'use-intl/react';
import { sameKind, useDraftOf } from '#components/shell/drafts/draft.tsx';
import { useLeaveGuard } from '#components/shell/drafts/leave-guard.ts';
import { zodResolver, type LoadSchema } from './zod-resolver.ts';

type Options<T> = {
  /** What the form starts with. Later values of the same record replace it only while nothing was changed. */
  start: T;
  schema?: LoadSchema;
  /** The name under which what was typed is kept in this tab, until it is sent or discarded; secret fields never are. */
  draft?: string;
  /** What of a kept draft is still there to be put back. */
  restorable?: (kept: Partial<T>) => Partial<T>;
  /** Asks before the page is left with changes. */
  asks?: boolean;
  /** Whether values differ from the start, where not every difference counts. */
  isChanged?: (values: T) => boolean;
  /** Nothing can be changed any more: it was sent. */
  settled?: boolean;
};

export type FormOf<T extends object> = UseFormReturn<T> & {
  values: T;
  changed: boolean;
  loadSchema: () => void;
  /** Drops the draft; what the form has now is no unsaved change any more. */
  settle: () => void;
};

/** The state of a form: react-hook-form with the server's schema, a draft that survives a sign-in and a new version, and a question before it is left. */
export function useFormOf<T extends object>(options: Options<T>): FormOf<T> {
  const { schema, draft, restorable, asks = false, settled = false, isChanged } = options;
  const t = useTranslations('form');
  const [start, setStart] = useState(options.start);
  const [resolver] = useState(() => schema && zodResolver<T>(schema));
  const [loadSchema] = useState(() => () => void schema?.().catch(() => undefined));
  const form = useForm<T>({ defaultValues: start as DefaultValues<T>, resolver, shouldFocusError: true });
  const { control, setValue, reset } = form;
  const values = useWatch({ control }) as T;
  const [sent, setSent] = useState<string>();
  const text = JSON.stringify(values);
  const changed = !settled && text !== sent && (isChanged ? isChanged(values) : differs(values, start));
  const drop = useDraftOf<T>(
    draft ?? '',
    {
      values: differing(values, start),
      changed: draft !== undefined && changed,
      restore: (kept) => {
        for (const [name, value] of Object.entries(restorable ? restorable(kept) : kept))
          setValue(name as Path<T>, value as PathValue<T, Path<T>>, { shouldDirty: true });
      },
    },
    sameKind(start),
  );
  useLeaveGuard(asks && changed, t('leave'));
  const given = JSON.stringify(options.start);
  const taken = useRef(given);
  const newest = useRef(options.start);
  useEffect(() => {
    newest.current = options.start;
  });
  useEffect(() => {
    if (taken.current === given || changed) return;
    taken.current = given;
    setStart(newest.current);
    reset(newest.current as DefaultValues<T>);
  }, [given, changed, reset]);
  const latest = useRef(text);
  useEffect(() => {
    latest.current = text;
  });
  return {
    ...form,
    values,
    changed,
    loadSchema,
    settle: () => {
      setSent(latest.current);
      drop();
    },
  };
}

function differs(values: object, start: object): boolean {
  return Object.keys(differing(values, start)).length > 0;
}

/** The values that are not as they were at the start: what is put back later leaves alone what somebody else saved meanwhile. */
function differing<T extends object>(values: T, start: T): Partial<T> {
  const other = Object.entries(start).filter(
    ([name, first]) => JSON.stringify(Reflect.get(values, name)) !== JSON.stringify(first),
  );
  return Object.fromEntries(other.map(([name]) => [name, Reflect.get(values, name)])) as Partial<T>;
}
