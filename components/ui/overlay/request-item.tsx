'use client';

import { useRequest } from '#components/ui/locked/request-texts.tsx';
import { CopyItem } from './copy-item.tsx';

/** The item of a menu that copies a request for the permission which others of its items lack; `scopes`: each once. */
export function RequestItem({ scopes }: { scopes: readonly (string | null)[] }) {
  const wanted = [...new Set(scopes.filter((scope) => scope !== null))].join(', ');
  const { label, textFor } = useRequest();
  return wanted ? <CopyItem label={label} text={() => textFor(wanted)} /> : null;
}
