import type { CheckResult } from '#components/home/check.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { store, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

/** The scope a look needs and the key lacks, or undefined: then nobody is asked. */
export function lacking(scopes: readonly string[] | null, ...wanted: string[]): string | undefined {
  return wanted.find((scope) => allows(scopes, scope) === 'no');
}

export async function notAllowed(scope: string): Promise<CheckResult> {
  return { is: 'forbidden', scope };
}

/** What Omni's error means for a look; a scope that is missing after all is none of its own. */
export async function failedBy(error: OmniError): Promise<CheckResult> {
  if (error.kind === 'forbidden' && error.scope) return notAllowed(error.scope);
  return { is: 'failed', trouble: problemOf(error) };
}

/** A look into the console's own store, which can fail as Omni can. */
export async function inStore(look: (db: Store) => Promise<CheckResult>): Promise<CheckResult> {
  try {
    return await look(await store());
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    return { is: 'failed', trouble: { code: failure.sentenceKey } };
  }
}
