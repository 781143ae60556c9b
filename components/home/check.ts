import type { Route } from 'next';
import type { ReactNode } from 'react';

/** What Home looks at, gravest first: where two findings weigh the same, they stand in this order. */
const CHECKS = ['server', 'connections', 'changes', 'keys', 'probes', 'routes', 'rotations'] as const;

export type CheckId = (typeof CHECKS)[number];

type Urgency = 'danger' | 'warn' | 'info';

/** A sentence of `problems`. */
export type Trouble = { code: string; values?: Record<string, string | number> };

/**
 * What a look came to. `found`: something needs somebody; `unsure` says what could not be seen besides. `well`: nothing does;
 * `limited` when the key may not see all of it. `unknown`: nothing was found, and not all could be told. `failed`: nobody
 * knows; `grave` when that is itself what needs somebody. `forbidden`: nobody asked.
 */
export type CheckResult =
  | { is: 'found'; urgency: Urgency; body: ReactNode; more?: { href: Route; label: string }; unsure?: string }
  | { is: 'well'; says: string; limited?: boolean }
  | { is: 'unknown'; says: string }
  | { is: 'failed'; trouble: Trouble; grave?: boolean }
  | { is: 'forbidden'; scope: string; says?: string };

export type Check = { id: CheckId; result: Promise<CheckResult> };
export type Known = { id: CheckId; result: CheckResult };

/** Whether somebody must read it before all else. */
export function needsReading({ result }: Known): boolean {
  return result.is === 'found' || result.is === 'failed';
}

/** Most urgent first; a look that failed may hide anything, and stands before what can wait. */
export function byUrgency(one: Known, other: Known): number {
  return weight(one.result) - weight(other.result) || CHECKS.indexOf(one.id) - CHECKS.indexOf(other.id);
}

function weight(result: CheckResult): number {
  if (result.is === 'failed') return result.grave ? 0 : 2;
  return result.is === 'found' ? { danger: 0, warn: 1, info: 3 }[result.urgency] : 4;
}

/** What all looks together come to, by the names of the checks; what needs somebody is most urgent first. */
export function verdictOf(all: readonly Known[]): {
  needs: CheckId[];
  unknown: CheckId[];
  forbidden: CheckId[];
  seen: CheckId[];
  limited: boolean;
  grave: boolean;
} {
  const ids = (fits: (result: CheckResult) => boolean) => all.flatMap(({ id, result }) => (fits(result) ? [id] : []));
  const grave = (result: CheckResult) => result.is === 'failed' && result.grave === true;
  return {
    needs: all
      .filter(({ result }) => result.is === 'found' || grave(result))
      .toSorted(byUrgency)
      .map(({ id }) => id),
    unknown: ids(
      (result) =>
        result.is === 'unknown' ||
        (result.is === 'failed' && !grave(result)) ||
        (result.is === 'found' && result.unsure !== undefined),
    ),
    forbidden: ids(({ is }) => is === 'forbidden'),
    seen: ids(({ is }) => is === 'well' || is === 'found'),
    limited: all.some(({ result }) => result.is === 'forbidden' || (result.is === 'well' && result.limited)),
    grave: all.some(({ result }) => weight(result) === 0),
  };
}
