import 'server-only';
import type { Env } from '#lib/env.ts';
import type { Store } from '#lib/store/database.ts';

/** Whether anybody may read `/metrics`. */
export function metricsAreOn({ METRICS_LOOPBACK, METRICS_TOKEN }: Env): boolean {
  return METRICS_LOOPBACK || METRICS_TOKEN !== undefined;
}

/** Starts what the configuration asks for; the libraries behind it are loaded only then. */
export async function startTelemetry(configuration: Env, open: () => Promise<Store>): Promise<void> {
  if (metricsAreOn(configuration)) {
    const { metricsOf } = await import('./registry.ts');
    metricsOf(open);
    const [{ measureRequests }, { pageOfBuild }] = await Promise.all([
      import('./measure-requests.ts'),
      import('./page-of.ts'),
    ]);
    measureRequests(pageOfBuild());
  }
  if (configuration.OTEL_EXPORTER_OTLP_ENDPOINT !== undefined) (await import('./traces.ts')).startTraces();
}
