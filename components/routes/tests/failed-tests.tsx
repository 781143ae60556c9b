import { WithMessages } from '#components/shell/with-messages.tsx';
import type { ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';
import { ProbeLine } from './saved-test-line.tsx';

/** Probes that are not as expected, each the way to who answers and why. */
export function RedProbes({ probes }: { probes: ProbeResult[] }) {
  return (
    <WithMessages of={['probes', 'route-test']}>
      <ul className="divide-y">
        {probes.map((probe) => (
          <li key={probe.id} className="px-4 py-3">
            <ProbeLine probe={probe} />
          </li>
        ))}
      </ul>
    </WithMessages>
  );
}
