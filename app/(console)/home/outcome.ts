import type { CheckResult } from '#components/home/check.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { store, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

/** The first of the scopes that the key certainly lacks; undefined when the check can run. */
export function lacking(scopes: readonly string[] | null, ...wanted: string[]): string | undefined {
  return wanted.find((scope) => allows(scopes, scope) === 'no');
}

export async function notAllowed(scope: string): Promise<CheckResult> {
  return { is: 'forbidden', scope };
}

/** The result of a check that Omni answered with an error; a missing scope is no failure. */
export async function failedBy(error: OmniError): Promise<CheckResult> {
  if (error.kind === 'forbidden' && error.scope) return notAllowed(error.scope);
  return { is: 'failed', problem: problemOf(error) };
}

/** A check of the console's own store; a store that fails is a failed check. */
export async function inStore(check: (db: Store) => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await check(await store());
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    return { is: 'failed', problem: { code: failure.sentenceKey } };
  }
}
