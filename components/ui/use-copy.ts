'use client';

import { useState } from 'react';

/** Copies a text. `refused`: the browser denied it, so the page must say so and show the text for selection. */
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
