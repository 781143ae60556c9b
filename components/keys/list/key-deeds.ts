import { Ban, Pencil, RefreshCw, Trash2, type LucideIcon } from 'lucide-react';
import type { Route } from 'next';
import type { Locked } from '#components/ui/locked/locked.ts';
import type { BarredDeed, Instead, KeyDeed } from '#lib/keys/list/capability.ts';
import type { KeyStatus } from '#lib/keys/list/status.ts';
import type { Text } from '#lib/operations/plan/define.ts';

/** The picture of each deed. */
export const DEED_ICONS = { edit: Pencil, rotate: RefreshCw, revoke: Ban, delete: Trash2 } as const satisfies Record<
  KeyDeed,
  LucideIcon
>;

/** What a key's menu in the list offers. */
export function deedsOf({ status }: { status: KeyStatus }): readonly KeyDeed[] {
  return status === 'revoked' ? ['delete'] : ['edit', 'rotate', 'revoke'];
}

/** The address of a deed's page. */
export function hrefOf(id: string, deed: Instead): Route {
  if (deed === 'requests') return `/keys/${id}/audit` as Route;
  if (deed === 'create') return `/keys/new?like=${id}` as Route;
  return deed === 'rotate' ? `/keys/rotate?key=${id}` : (`/keys/${id}/${deed}` as Route);
}

/** Why a deed can't be done, as what is locked says it. */
export function lockedBy(barred: BarredDeed | null, say: (text: Text) => string): Locked | undefined {
  if (!barred) return undefined;
  return barred.scope ? { scope: barred.scope, text: say(barred.why) } : say(barred.why);
}
