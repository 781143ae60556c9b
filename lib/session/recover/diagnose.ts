import 'server-only';
import { keyIn } from '#lib/session/sign-in/key-in.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import { Credential, type OmniServer } from '#lib/omni/door/credential.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { findOwnKey } from '#lib/omni/resources/own-key.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { processWide } from '#lib/process-wide.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { store } from '#lib/store/database.ts';
import { findServer } from '#lib/session/servers/servers.ts';
import { trySignIn } from '#lib/session/sign-in/throttle.ts';

/**
 * What is wrong with a key, as far as Omni reports it. Omni does not report whether a key is unknown, revoked or expired (contract
 * §1.1); a session with `keys:read` reads it from the key's row. `refused`: one of the three.
 */
export type KeyFinding =
  | { is: 'not_given' | 'malformed' | 'good' | 'narrow' | 'refused' | 'unknown' | 'too_many_tries' | 'not_checked' }
  | { is: 'revoked'; name: string; at: string | null; by: string | null; reason: string | null }
  | { is: 'expired'; name: string; at: string };

/** `server` is `up`, or the problem code of why it is not. */
export type Diagnosis = { server: 'up' | { code: string; values: Record<string, string | number> }; key: KeyFinding };

const KEY = /^omni_sk_[A-Za-z0-9]{32}$/;
const NO_KEY = `omni_sk_${'0'.repeat(32)}`;

/** How long the health of a server is kept, since anybody can request it without a key; milliseconds. */
const HEALTH_KEPT = 5_000;

/**
 * Checks whether a server answers and whether it accepts a key. `innerClient` is the handle of a session at that server, or null.
 * Answers null for a server that is not offered. Counts as a try of a key. Throws what `storeErrorOf` reads.
 */
export async function diagnose(
  input: { serverId: string; key: string },
  { clientIp, innerClient }: { clientIp: string | undefined; innerClient: Omni | null },
): Promise<Diagnosis | null> {
  const server = findServer(input.serverId);
  if (!server || server.typed) return null;
  const key = keyIn(input.key);
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
  return { server: 'up', key: innerClient ? await readWithInnerClient(innerClient, credential) : { is: 'refused' } };
}

type KeptHealth = { at: number; answer: Promise<Diagnosis['server']> };
const keptHealth = () => processWide('diagnosed health', () => new Map<string, KeptHealth>());

/** The health of a server, read at most once within `HEALTH_KEPT` for everybody. It is read without a real key. */
function healthOf(server: OmniServer, now = Date.now()): Promise<Diagnosis['server']> {
  const last = keptHealth().get(server.id);
  if (last && now - last.at < HEALTH_KEPT) return last.answer;
  const answer = getHealth(omniAs(new Credential(server, NO_KEY), {})).then((health) =>
    health.ok ? ('up' as const) : problemOf(health.error),
  );
  keptHealth().set(server.id, { at: now, answer });
  return answer;
}

async function readWithInnerClient(innerClient: Omni, credential: Credential): Promise<KeyFinding> {
  const row = await findOwnKey(innerClient, credential);
  if (!row.ok) return { is: 'refused' };
  if (row.value === 'not_listed') return { is: 'unknown' };
  const { name, status, revokedAt, revokedBy, revokeReason, expiresAt } = row.value;
  if (status === 'revoked') return { is: 'revoked', name, at: revokedAt, by: revokedBy, reason: revokeReason };
  return expiresAt && Date.parse(expiresAt) <= Date.now() ? { is: 'expired', name, at: expiresAt } : { is: 'refused' };
}
