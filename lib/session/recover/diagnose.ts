import 'server-only';
import { validateKey } from '#lib/omni/resources/auth.ts';
import { Credential, type OmniServer } from '#lib/omni/door/credential.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { findOwnKey } from '#lib/omni/resources/own-key.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { processWide } from '#lib/omni/cache/process-wide.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { store } from '#lib/store/database.ts';
import { findServer } from '#lib/session/servers/servers.ts';
import { trySignIn } from '#lib/session/sign-in/throttle.ts';

/**
 * What is wrong with a key, as far as it can be told. Omni tells nobody whether a key is unknown, revoked or expired
 * (contract §1.1); who is signed in with `keys:read` sees it in the key's row. `refused`: one of the three.
 */
export type KeyFinding =
  | { is: 'not_given' | 'malformed' | 'good' | 'narrow' | 'refused' | 'unknown' | 'too_many_tries' | 'not_checked' }
  | { is: 'revoked'; name: string; at: string | null; by: string | null; reason: string | null }
  | { is: 'expired'; name: string; at: string };

/** `server` is `up`, or the code of the sentence that says why not (`problems`). */
export type Diagnosis = { server: 'up' | { code: string; values: Record<string, string | number> }; key: KeyFinding };

const KEY = /^omni_sk_[A-Za-z0-9]{32}$/;
const NO_KEY = `omni_sk_${'0'.repeat(32)}`;

/** Anybody may ask how a server is, without a key: it is asked no more often than this; milliseconds. */
const HEALTH_KEPT = 5_000;

/**
 * Looks whether a server answers and what it says to a key. `insider` is the handle of whoever is signed in there. Null for
 * a server that is not offered. Counts as a try of a key. Throws what `storeErrorOf` reads.
 */
export async function diagnose(
  input: { serverId: string; key: string },
  { clientIp, insider }: { clientIp: string | undefined; insider: Omni | null },
): Promise<Diagnosis | null> {
  const server = findServer(input.serverId);
  if (!server || server.typed) return null;
  const key = input.key.trim();
  const whole = KEY.test(key);
  const attempt = whole ? await trySignIn(await store(), { server: server.id, clientIp }, Date.now()) : undefined;
  const health = await healthOf(server);
  if (health !== 'up') {
    await attempt?.end('void');
    return { server: health, key: { is: key ? 'not_checked' : 'not_given' } };
  }
  if (!attempt) return { server: 'up', key: { is: whole ? 'too_many_tries' : key ? 'malformed' : 'not_given' } };
  const credential = new Credential(server, key);
  const validated = await validateKey(omniAs(credential, { clientIp }));
  const refused = !validated.ok && validated.error.kind === 'unauthorized';
  await attempt.end(refused ? 'failed' : 'void');
  if (validated.ok) return { server: 'up', key: { is: 'good' } };
  if (!refused) return { server: 'up', key: { is: validated.error.kind === 'forbidden' ? 'narrow' : 'not_checked' } };
  return { server: 'up', key: insider ? await seenFromInside(insider, credential) : { is: 'refused' } };
}

type Known = { at: number; answer: Promise<Diagnosis['server']> };
const known = () => processWide('diagnosed health', () => new Map<string, Known>());

/** How a server is, asked once for everybody who wants to know within a few seconds. No key goes along. */
function healthOf(server: OmniServer, now = Date.now()): Promise<Diagnosis['server']> {
  const last = known().get(server.id);
  if (last && now - last.at < HEALTH_KEPT) return last.answer;
  const answer = getHealth(omniAs(new Credential(server, NO_KEY), {})).then((health) =>
    health.ok ? ('up' as const) : problemOf(health.error),
  );
  known().set(server.id, { at: now, answer });
  return answer;
}

async function seenFromInside(insider: Omni, credential: Credential): Promise<KeyFinding> {
  const row = await findOwnKey(insider, credential);
  if (!row.ok) return { is: 'refused' };
  if (row.value === 'not_listed') return { is: 'unknown' };
  const { name, status, revokedAt, revokedBy, revokeReason, expiresAt } = row.value;
  if (status === 'revoked') return { is: 'revoked', name, at: revokedAt, by: revokedBy, reason: revokeReason };
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? { is: 'expired', name, at: expiresAt } : { is: 'refused' };
}
