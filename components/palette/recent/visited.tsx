'use client';

import { useEffect } from 'react';
import { useActor } from '#components/shell/draft.tsx';
import type { Hit } from '#components/palette/hit.ts';
import { visit } from './recent.ts';

/** Remembers that a page was opened, for the palette. */
export function Visited({ hit }: { hit: Hit }) {
  const actor = useActor();
  const text = JSON.stringify(hit);
  useEffect(() => visit(actor, JSON.parse(text) as Hit), [actor, text]);
  return null;
}
