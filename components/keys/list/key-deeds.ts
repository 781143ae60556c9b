import { Ban, Pencil, RefreshCw, Trash2, type LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import type { Instead, KeyDeed } from '#lib/keys/list/capability.ts';

/** The picture of each deed. */
export const DEED_ICONS = { edit: Pencil, rotate: RefreshCw, revoke: Ban, delete: Trash2 } as const satisfies Record<
  KeyDeed,
  LucideIcon
>;

/** The address of a deed's page. */
export function hrefOf(id: string, deed: Instead): Route {
  if (deed === 'create') return `/keys/new?like=${id}` as Route;
  return deed === 'rotate' ? `/keys/rotate?key=${id}` : (`/keys/${id}/${deed}` as Route);
}
