'use client';

import { useEffect, useRef } from 'react';
import type { Json } from '#lib/operations/plan/define.ts';
import type { useOperation } from '#components/operations/run/use-operation.ts';

/**
 * Shows what a change would do, anew whenever what is decided changes, until it begins; `restMs` after the last key that was
 * typed. From the first difference on what was shown before cannot be run. `input` undefined: nothing is decided yet.
 */
export function usePreview(
  { preview, outdate, began }: Pick<ReturnType<typeof useOperation>, 'preview' | 'outdate' | 'began'>,
  name: string,
  input: { [key: string]: Json } | undefined,
  restMs = 0,
): void {
  const wanted = input === undefined ? null : JSON.stringify(input);
  const shown = useRef<string | null>(null);
  useEffect(() => {
    if (began || wanted === null || wanted === shown.current) return undefined;
    shown.current = null;
    outdate();
    const timer = setTimeout(() => {
      shown.current = wanted;
      void preview(name, JSON.parse(wanted) as Json);
    }, restMs);
    return () => clearTimeout(timer);
  }, [preview, outdate, began, name, wanted, restMs]);
}
