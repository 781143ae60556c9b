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

/** Whether a change can alter who answers, so that saved tests run after it: those of routes, of people and of access rules. */
export function mayAlterAnswers(operation: string): boolean {
  return /^(routes|persons|access)\./.test(operation);
}
