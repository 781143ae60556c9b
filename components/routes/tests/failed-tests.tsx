import { WithMessages } from '#components/shell/with-messages.tsx';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';
import { SavedTestLine } from './saved-test-line.tsx';

/** Saved tests that fail, each with a link to who answers and why. */
export function FailedTests({ savedTests }: { savedTests: SavedTestResult[] }) {
  return (
    <WithMessages of={['saved-tests', 'route-test', 'verdict', 'seen']}>
      <ul className="divide-y">
        {savedTests.map((savedTest) => (
          <li key={savedTest.id} className="px-4 py-3">
            <SavedTestLine savedTest={savedTest} />
          </li>
        ))}
      </ul>
    </WithMessages>
  );
}
