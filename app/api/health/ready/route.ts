import { store } from '#lib/store/database.ts';
import { storeReadiness } from '#lib/store/ready.ts';

/** Whether this process can work: its store answers and has this version's schema. 200 or 503; tells nothing else. */
export async function GET(): Promise<Response> {
  const readiness = await storeReadiness(store);
  const headers = { 'cache-control': 'no-store' };
  if (readiness.ready) return Response.json({ status: 'ok' }, { headers });
  return Response.json({ status: 'unavailable', store: readiness.why }, { status: 503, headers });
}
