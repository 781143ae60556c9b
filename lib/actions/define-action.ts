import 'server-only';
import { unstable_rethrow } from 'next/navigation';
import type { z } from 'zod';
import { log } from '#lib/log.ts';
import { pageOwner, requireSession, type Signed } from '#lib/session/request/guard.ts';
import { requireFreshProof } from '#lib/session/sign-in/proof.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import type { ActionResult } from './action-result.ts';
import { fromOurOrigin } from './origin.ts';

type Definition<S extends z.ZodType, T> = {
  name: string;
  /** The scope this needs; `null` for what any signed-in key may do. */
  scope: string | null;
  /**
   * Who decides for a key whose scopes are unknown: Omni, which `run` calls, or `run` itself, by what that key made
   * (`mayHave`). By default such a key is refused, since for the console's own data nobody else would.
   */
  unknown?: 'omni' | 'own';
  /** The session's key must have been typed within the last 15 minutes; else the answer is `proof_needed`. */
  proof?: true;
  input: S;
  run: (context: Signed & { input: z.output<S> }) => Promise<ActionResult<T>>;
};

/**
 * A server action: origin → session → page → scope → proof → parse → run. Expected failures come back as values, the store's among
 * them; a thrown error reaches the browser as a digest only. Arguments are unknown until parsed.
 */
export function defineAction<S extends z.ZodType, T>(
  definition: Definition<S, T>,
): (input: unknown) => Promise<ActionResult<T>> {
  return async (raw) => {
    try {
      if (!(await fromOurOrigin())) return { ok: false, code: 'foreign_origin' };
      const signed = await requireSession();
      if ((await pageOwner(signed)) !== 'own') return { ok: false, code: 'other_session' };
      const { scope, unknown } = definition;
      const allowed = scope === null ? 'yes' : allows(signed.session.scopes, scope);
      if (scope !== null && (allowed === 'no' || (allowed === 'unknown' && !unknown)))
        return { ok: false, code: allowed === 'no' ? 'forbidden' : 'scope_unknown', values: { scope } };
      const unproved = definition.proof ? requireFreshProof(signed.session) : null;
      if (unproved) return unproved;
      const parsed = definition.input.safeParse(raw);
      if (!parsed.success) return { ok: false, code: 'invalid', fields: fieldCodes(parsed.error.issues) };
      return await definition.run({ ...signed, input: parsed.data });
    } catch (error) {
      unstable_rethrow(error);
      const failure = storeErrorOf(error);
      if (!failure) throw error;
      log('error', 'action.store_down', { kind: failure.kind });
      return { ok: false, code: failure.sentenceKey };
    }
  };
}

/** First issue of each field. A schema's own message is a code when it looks like one. */
function fieldCodes(issues: readonly { path: PropertyKey[]; message: string }[]): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of issues)
    fields[issue.path.map(String).join('.')] ??= /^[a-z_]+$/.test(issue.message) ? issue.message : 'invalid_value';
  return fields;
}
