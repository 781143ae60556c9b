import type { SavedTestResult } from './run-saved-tests.ts';

/** How many saved tests pass, how many fail, and of how many it can't be told. */
export function countResults(results: readonly { state: SavedTestResult['state'] | 'checking' }[]): {
  passed: number;
  failed: number;
  unknown: number;
} {
  const passed = results.filter(({ state }) => state === 'ok').length;
  const unknown = results.filter(({ state }) => state === 'unknown').length;
  return { passed, failed: results.length - passed - unknown, unknown };
}
