import type { z } from 'zod';
import type { FieldIssue, OmniError } from './errors.ts';
import type { KeyRefusal } from '#lib/omni/permits/key-rules.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';

/** What the console refuses before anything is sent. */
export type LocalCode =
  | 'bad_path'
  | 'bad_body'
  | 'unreadable_text'
  | 'self_merge'
  | 'self_link'
  | 'unplanned_link'
  | 'rule_copy'
  | 'unguarded_key_change'
  | 'reserved_name'
  | 'nobody_waits'
  | 'end_passed'
  | 'hold_lost'
  | KeyRefusal;

/** The error of a call that was never sent. */
export function notSent(code: LocalCode, issues: FieldIssue[] = []): OmniError {
  return { kind: 'invalid', code, issues, requestId: 'not-sent' };
}

/** A body held against its schema before it is sent: Omni drops unknown fields without a word (contract §1.5). */
export function checkedBody<T extends Record<string, unknown>>(
  schema: z.ZodType<T>,
  body: unknown,
): Result<T, OmniError> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return ok(parsed.data);
  return err(
    notSent(
      'bad_body',
      parsed.error.issues.map(({ path, message }) => ({ path: path.map(String).join('.'), message })),
    ),
  );
}
