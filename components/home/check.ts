import type { Route } from 'next';
import type { ReactNode } from 'react';

/** The checks of Home. Findings of the same urgency stand in this order. */
const CHECKS = [
  'server',
  'connections',
  'changes',
  'unshown',
  'keys',
  'tests',
  'routes',
  'rotations',
  'duplicates',
] as const;

export type CheckId = (typeof CHECKS)[number];

type Urgency = 'danger' | 'warn' | 'info';

/** The code of a sentence in `problems`, and its values. */
export type CheckProblem = { code: string; values?: Record<string, string | number> };

/**
 * The result of a check. `found`: something needs attention; `unsure` says what could not be checked besides. `well`: nothing
 * does, and `more` leads to what it counted; `limited` when the key cannot read all of it. `unknown`: nothing was found, and not everything could be checked.
 * `failed`: nothing could be checked; `grave` when the failure itself needs attention. `forbidden`: not checked, since the key
 * lacks a scope.
 */
export type CheckResult =
  | { is: 'found'; urgency: Urgency; body: ReactNode; more?: { href: Route; label: string }; unsure?: string }
  | { is: 'well'; says: string; limited?: boolean; more?: { href: Route; label: string } }
  | { is: 'unknown'; says: string }
  | { is: 'failed'; problem: CheckProblem; grave?: boolean }
  | { is: 'forbidden'; scope: string; says?: string };

export type HomeCheck = { id: CheckId; result: Promise<CheckResult> };
export type FinishedCheck = { id: CheckId; result: CheckResult };

/** Whether a result stands above the list of checks: a finding, or a check that failed. */
export function isFinding({ result }: FinishedCheck): boolean {
  return result.is === 'found' || result.is === 'failed';
}

/** Where a finding stands, the most urgent lowest; a failed check may hide anything, so it stands before findings that can wait. */
export function rankOf({ id, result }: FinishedCheck): number {
  return weight(result) * CHECKS.length + CHECKS.indexOf(id);
}

function weight(result: CheckResult): number {
  if (result.is === 'failed') return result.grave ? 0 : 2;
  return result.is === 'found' ? { danger: 0, warn: 1, info: 3 }[result.urgency] : 4;
}

/** All results in one summary of check ids; `needs` is sorted by urgency. */
export function summarize(all: readonly FinishedCheck[]): {
  needs: CheckId[];
  unknown: CheckId[];
  limited: boolean;
  grave: boolean;
} {
  const ids = (fits: (result: CheckResult) => boolean) => all.flatMap(({ id, result }) => (fits(result) ? [id] : []));
  const grave = (result: CheckResult) => result.is === 'failed' && result.grave === true;
  return {
    needs: all
      .filter(({ result }) => result.is === 'found' || grave(result))
      .toSorted((one, other) => rankOf(one) - rankOf(other))
      .map(({ id }) => id),
    unknown: ids(
      (result) =>
        result.is === 'unknown' ||
        (result.is === 'failed' && !grave(result)) ||
        (result.is === 'found' && result.unsure !== undefined),
    ),
    limited: all.some(({ result }) => result.is === 'forbidden' || (result.is === 'well' && result.limited)),
    grave: all.some(({ result }) => weight(result) === 0),
  };
}
