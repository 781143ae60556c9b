'use client';

import { useFormOf, type FormOf } from '#components/form/use-form-of.ts';
import { usePreview } from '#components/operations/plan/use-preview.ts';
import { useOperation } from '#components/operations/run/use-operation.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';

type Options<T> = {
  /** The operation's name; which one may be a choice. */
  name: string | ((values: T) => string);
  /** What the inputs start with. */
  start: T;
  /** The operation's input; undefined while there is none to preview. */
  input: (values: T) => { [key: string]: Json } | undefined;
  /** The name of the draft, and what of a kept one is still there. Without a draft nothing is typed, and leaving doesn't ask. */
  draft?: string;
  restorable?: (kept: Partial<T>) => Partial<T>;
  onEnd?: (entry: EntryView) => void;
  /** Gets what an inline change shows once. */
  onDeliver?: (secret: Json) => void;
};

export type Change<T extends object> = {
  form: FormOf<T>;
  operation: ReturnType<typeof useOperation>;
  /** Nothing was run yet: the inputs can be changed. */
  deciding: boolean;
};

/** A change that is decided by inputs: what they say is previewed beside them, run once, and told in a receipt (`ChangeForm`). */
export function useChange<T extends object>(options: Options<T>): Change<T> {
  const { name, start, input, draft, restorable, onEnd, onDeliver } = options;
  const operation = useOperation(onEnd, onDeliver);
  const form = useFormOf<T>({ start, draft, restorable, asks: draft !== undefined, settled: operation.began });
  usePreview(operation, typeof name === 'string' ? name : name(form.values), input(form.values));
  return { form, operation, deciding: !operation.began };
}
