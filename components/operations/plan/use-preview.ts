'use client';

import { useEffect, useRef } from 'react';
import type { Json } from '#lib/operations/plan/define.ts';
import type { useOperation } from '#components/operations/run/use-operation.ts';

/** How long typing rests before a preview is asked for; a choice is previewed at once. */
const REST_MS = 400;

/** How long to wait before what has just changed on the page is used. */
export function restNow(): number {
  const at = document.activeElement;
  const typing =
    at instanceof HTMLTextAreaElement || (at instanceof HTMLInputElement && !/^(radio|checkbox)$/.test(at.type));
  return typing ? REST_MS : 0;
}

/**
 * Previews a change, anew whenever its input changes, until it begins; while somebody types, once typing rests. From the first
 * difference on, the plan shown before can't be run. `input` undefined: there is none yet, or none any more; then no plan is shown.
 */
export function usePreview(
  { preview, outdate, reset, began }: Pick<ReturnType<typeof useOperation>, 'preview' | 'outdate' | 'reset' | 'began'>,
  name: string,
  input: { [key: string]: Json } | undefined,
): void {
  const wanted = input === undefined ? null : JSON.stringify(input);
  const shown = useRef<string | null>(null);
  const asked = useRef(false);
  useEffect(() => {
    if (began || (wanted !== null && wanted === shown.current)) return undefined;
    if (wanted === null) {
      if (asked.current) reset();
      shown.current = null;
      asked.current = false;
      return undefined;
    }
    asked.current = true;
    const first = shown.current === null;
    shown.current = null;
    outdate();
    const timer = setTimeout(
      () => {
        shown.current = wanted;
        void preview(name, JSON.parse(wanted));
      },
      first ? 0 : restNow(),
    );
    return () => clearTimeout(timer);
  }, [preview, outdate, reset, began, name, wanted]);
}
