import 'server-only';
import { headers } from 'next/headers';
import { FROM_HERE } from '#lib/session/incoming/plain-request.ts';
import { clientIp } from '#lib/session/request/guard.ts';
import type { RecoveryAsker } from './recovery.ts';

/** Who makes this request, as recovery counts it. */
export async function readAsker(): Promise<RecoveryAsker> {
  const [head, address] = await Promise.all([headers(), clientIp()]);
  return { here: head.get(FROM_HERE) === '1', address };
}
