import 'server-only';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { onMeasured, type Measurement } from '#lib/measure.ts';
import { VERSION } from '#lib/omni/version.ts';
import { processWide } from '#lib/process-wide.ts';
import type { Store } from '#lib/store/database.ts';
import { budgetGauge } from './budgets.ts';
import { storeGauges } from './store-state.ts';

/** Seconds: from a file of the build to a page that waits for a slow Omni. */
const BUCKETS = [0.005, 0.025, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** All metrics of this process, in Prometheus' text format, and its content type. */
export type Metrics = { text: () => Promise<string>; contentType: string };

/** The metrics of this process: counted from the first call on. `open` gives the store that some of them are read from. */
export function metricsOf(open: () => Promise<Store>): Metrics {
  return processWide('metrics', () => {
    const registry = new Registry();
    collectDefaultMetrics({ register: registry });
    new Gauge({
      name: 'console_build_info',
      help: '1, with the version of the console.',
      labelNames: ['version'],
      registers: [registry],
    }).set({ version: VERSION }, 1);
    onMeasured(counted(registry));
    budgetGauge(registry);
    const readStore = storeGauges(registry, open);
    return { text: () => readStore().then(() => registry.metrics()), contentType: registry.contentType };
  });
}

function counted(registry: Registry): (measurement: Measurement) => void {
  const registers = [registry];
  const requests = new Histogram({
    name: 'console_request_seconds',
    help: 'Requests by page, method and status; status "aborted": the other side hung up.',
    labelNames: ['page', 'method', 'status'],
    buckets: BUCKETS,
    registers,
  });
  const calls = new Histogram({
    name: 'console_omni_call_seconds',
    help: 'Calls to Omni by server, resource and outcome, repeats of a read included in its time.',
    labelNames: ['server', 'resource', 'outcome'],
    buckets: BUCKETS,
    registers,
  });
  const statements = new Histogram({
    name: 'console_store_statement_seconds',
    help: "Statements to the console's own store.",
    labelNames: ['outcome'],
    buckets: [0.0005, 0.002, 0.01, 0.05, 0.25, 1],
    registers,
  });
  const operations = new Counter({
    name: 'console_operations_total',
    help: 'Operations that ended, by kind and outcome; one that was continued ends again.',
    labelNames: ['operation', 'outcome'],
    registers,
  });
  return (measured) => {
    switch (measured.of) {
      case 'request': {
        const { page, method, status, ms } = measured;
        return requests.observe({ page, method, status }, ms / 1000);
      }
      case 'call': {
        const { server, resource, outcome, ms } = measured;
        return calls.observe({ server, resource, outcome }, ms / 1000);
      }
      case 'statement':
        return statements.observe({ outcome: measured.ok ? 'ok' : 'failed' }, measured.ms / 1000);
      case 'operation':
        return operations.inc({ operation: measured.operation, outcome: measured.outcome });
    }
  };
}
