import 'server-only';
import { createHash, timingSafeEqual } from 'node:crypto';
import type { Env } from '#lib/env.ts';

/**
 * Who may read the metrics: this machine itself where `METRICS_LOOPBACK` is on (`fromHere`: no proxy passed the request on), and whoever
 * has the token. `off`: nobody, there is no such page.
 */
export function mayScrape(
  { METRICS_LOOPBACK, METRICS_TOKEN }: Pick<Env, 'METRICS_LOOPBACK' | 'METRICS_TOKEN'>,
  { fromHere, authorization }: { fromHere: boolean; authorization: string | null },
): 'yes' | 'no' | 'off' {
  if (METRICS_LOOPBACK && fromHere) return 'yes';
  if (METRICS_TOKEN === undefined) return 'off';
  const [, token = ''] = /^Bearer (.+)$/i.exec(authorization ?? '') ?? [];
  return timingSafeEqual(digest(token), digest(METRICS_TOKEN)) ? 'yes' : 'no';
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
