'use client';

import { useState } from 'react';

/** Copies a text. `refused`: the browser would not, so the page must say so and show what to copy by hand. */
export function useCopy(): { state: 'idle' | 'copied' | 'refused'; copy: (text: string) => Promise<void> } {
  const [state, setState] = useState<'idle' | 'copied' | 'refused'>('idle');
  async function copy(text: string) {
    try {
      await navigator.clipboard.writeText(text);
      setState('copied');
      setTimeout(() => setState((now) => (now === 'copied' ? 'idle' : now)), 1500);
    } catch {
      setState('refused');
    }
  }
  return { state, copy };
}
