'use client';

import type { Blocked } from '#lib/access/rules/blocked.ts';
import { BlockedBadge } from './blocked-badge.tsx';
import { useVerdictText } from './use-verdict-text.ts';

/** Where somebody is blocked; nothing where they are not, or where that is not known. */
export function BlockedHere({ blocked }: { blocked: Blocked | null | undefined }) {
  const texts = useVerdictText();
  return blocked && blocked.names.length > 0 ? <BlockedBadge text={texts.blocked(blocked)} /> : null;
}
