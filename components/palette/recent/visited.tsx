'use client';

import { useEffect } from 'react';
import { useActor } from '#components/shell/drafts/draft.tsx';
import type { PaletteItem } from '#components/palette/palette-item.ts';
import { visit } from './recent.ts';

/** Remembers for the palette that the page of an item was opened. */
export function Visited({ item }: { item: PaletteItem }) {
  const actor = useActor();
  const text = JSON.stringify(item);
  useEffect(() => visit(actor, JSON.parse(text) as PaletteItem), [actor, text]);
  return null;
}
