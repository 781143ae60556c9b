import { store } from '#lib/store/database.ts';
import { storeReadiness } from '#lib/store/ready.ts';

/**
 * Whether this process can work: its store answers, is the one that was opened, and has this version's schema. 200 or 503; besides,
 * a warning where this machine's clock and the store's differ by more than two seconds.
 */
export async function GET(): Promise<Response> {
  const readiness = await storeReadiness(store);
  const headers = { 'cache-control': 'no-store' };
  if (readiness.ready) {
    const { clockSkewMs } = readiness;
    return Response.json({ status: 'ok', ...(clockSkewMs === undefined ? {} : { clockSkewMs }) }, { headers });
  }
  return Response.json({ status: 'unavailable', store: readiness.why }, { status: 503, headers });
}
