import { env } from '#lib/env.ts';
import { FROM_HERE } from '#lib/session/incoming/plain-request.ts';
import { store } from '#lib/store/database.ts';
import { mayScrape } from '#lib/telemetry/may-scrape.ts';

/** This process's metrics for Prometheus. Without `METRICS_TOKEN` and `METRICS_LOOPBACK` there is no such page. */
export async function GET({ headers }: Request): Promise<Response> {
  const asker = { fromHere: headers.get(FROM_HERE) === '1', authorization: headers.get('authorization') };
  const may = mayScrape(env(), asker);
  if (may === 'off') return new Response('Not found.', { status: 404 });
  if (may === 'no')
    return new Response('A token is needed.', { status: 401, headers: { 'www-authenticate': 'Bearer' } });
  const { metricsOf } = await import('#lib/telemetry/registry.ts');
  const metrics = metricsOf(store);
  return new Response(await metrics.text(), { headers: { 'content-type': metrics.contentType } });
}
