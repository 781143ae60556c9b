import 'server-only';
import { Gauge, type Registry } from 'prom-client';
import { env } from '#lib/env.ts';
import { lowestBudgets } from '#lib/omni/paging/budget.ts';

/** A gauge of the requests left of Omni's minute, for the key that has fewest; of listed servers only, while a window is known. */
export function budgetGauge(registry: Registry): Gauge {
  return new Gauge({
    name: 'console_omni_budget_left',
    help: "Requests left in Omni's minute for the key that has fewest, by server.",
    labelNames: ['server'],
    registers: [registry],
    collect() {
      this.reset();
      const lowest = lowestBudgets();
      for (const { id, url } of env().OMNI_SERVERS) {
        const left = lowest.get(url);
        if (left !== undefined) this.set({ server: id }, left);
      }
    },
  });
}
