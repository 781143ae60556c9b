import { sessions } from './0001-sessions.ts';
import { operations } from './0002-operations.ts';
import { operationFinds } from './0003-operation-finds.ts';
import { attempts } from './0010-attempts.ts';
import { recovery } from './0011-recovery.ts';
import type { Migration } from './migrate.ts';

/** Every change of the schema, in order. A released one is never edited: the next number is added. */
export const MIGRATIONS: Readonly<Record<string, Migration>> = {
  '0001-sessions': sessions,
  '0002-operations': operations,
  '0003-operation-finds': operationFinds,
  '0010-attempts': attempts,
  '0011-recovery': recovery,
};
