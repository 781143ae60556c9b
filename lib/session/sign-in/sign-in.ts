import 'server-only';
import { log } from '#lib/log.ts';
import { validateKey } from '#lib/omni/resources/auth.ts';
import { Credential } from '#lib/omni/door/credential.ts';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni, OmniCall } from '#lib/omni/door/omni.ts';
import { findOwnKey } from '#lib/omni/resources/own-key.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { omniAs } from '#lib/omni/door/request.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { store, type Store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { actorsOf } from '#lib/session/actor.ts';
import { findCapabilities } from './capabilities.ts';
import type { SessionToSet } from '#lib/session/request/cookie-next.ts';
import { findServer, TYPED, typedServer } from '#lib/session/servers/servers.ts';
import { sessionLimits } from '#lib/session/session-state.ts';
import { createSession, tidySessions } from '#lib/session/sessions.ts';
import type { SignInInput } from './sign-in-input.ts';
import { formersOf } from '#lib/store/actors.ts';
import { keyIn } from './key-in.ts';
import { trySignIn } from './throttle.ts';

/** Why a sign-in failed: `code` names a sentence (`problems`), `values` fill it. */
export type SignInProblem = { code: string; values?: Record<string, string | number> };

/** Contract §1.1. */
const KEY = /^omni_sk_[A-Za-z0-9]{32}$/;

/** How long the reads of the key and the server may take at sign-in; milliseconds. What is late stays unknown. */
const DETAILS_WITHIN = 2_500;
const SESSIONS_KEPT = 90 * 86_400_000;

/** The only problem code for a typed address that is no Omni, so that the console cannot be used to scan a network. */
const NEUTRAL = 'server_not_usable';
const SHOWN_FOR_TYPED = new Set(['wrong_key', 'signature_required', 'forbidden_lock', 'rate_limited']);

/** Problems that count as a failed try, because they say something about the key. A server that is down does not count. */
const GUESSES = new Set(['wrong_key', 'signature_required', 'forbidden_lock']);

/**
 * Checks a key at its server and opens a session in the store; the caller sets the cookie. A valid key without `auth:validate`
 * (contract §4) signs in too, with the scopes of its own row, else with unknown scopes. A malformed key is not sent anywhere.
 * After too many wrong keys the answer is the same for every key.
 */
export async function signIn(
  input: SignInInput,
  context: { clientIp?: string | undefined; browser?: string | null } = {},
): Promise<Result<SessionToSet, SignInProblem>> {
  const typed = input.serverId === TYPED;
  const server = typed ? typedServer(input.address ?? '') : findServer(input.serverId);
  if (!server) return err({ code: typed ? NEUTRAL : 'unknown_server' });
  const key = keyIn(input.key);
  if (!KEY.test(key)) return err({ code: 'malformed_key' });
  try {
    const db = await store();
    const attempt = await trySignIn(db, { server: server.id, clientIp: context.clientIp }, Date.now());
    if (!attempt) return err({ code: 'too_many_tries' });
    const credential = new Credential(server, key);
    const omni = omniAs(credential, { actor: input.yourName ?? undefined, clientIp: context.clientIp });
    const known = await describeKey(omni, credential, `…${key.slice(-4)}`);
    await attempt.end(known.ok ? 'good' : GUESSES.has(known.error.code) || server.typed ? 'failed' : 'void');
    if (!known.ok) return server.typed && !SHOWN_FOR_TYPED.has(known.error.code) ? err({ code: NEUTRAL }) : known;
    const now = Date.now();
    await tidySessions(db, now, sessionLimits(), now - SESSIONS_KEPT);
    const row = { ...known.value, yourName: input.yourName, browser: context.browser ?? null };
    return ok({ sid: await open(db, credential, row, now), credential });
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'sign_in.store_down', { kind: failure.kind });
    return err({ code: 'store_down' });
  }
}

type KeyDetails = Pick<
  Parameters<typeof createSession>[1],
  'actorKeyId' | 'keyName' | 'scopes' | 'instances' | 'capabilities'
>;

async function describeKey(
  omni: Omni,
  credential: Credential,
  ending: string,
): Promise<Result<KeyDetails, SignInProblem>> {
  const validated = await validateKey(omni);
  if (!validated.ok && !isNarrow(validated.error)) return err(problem(validated.error));
  const withTimeout = limitTime(omni, DETAILS_WITHIN);
  const [own, capabilities] = await Promise.all([findOwnKey(withTimeout, credential), findCapabilities(withTimeout)]);
  const row = own.ok && own.value !== 'not_listed' ? own.value : null;
  return ok({
    actorKeyId: row?.id ?? null,
    keyName: validated.ok ? validated.value.keyName : (row?.name ?? ending),
    scopes: validated.ok ? validated.value.scopes : (row?.scopes ?? null),
    instances: row ? (row.instanceIds ?? 'all') : 'unknown',
    capabilities,
  });
}

async function open(
  db: Store,
  credential: Credential,
  known: KeyDetails & { yourName: string | null; browser: string | null },
  now: number,
): Promise<string> {
  const actors = actorsOf(credential);
  const formers = await formersOf(db, actors);
  return createSession(db, { ...known, server: credential.server.id, actor: actors[0], formers }, now);
}

/** A valid key without `auth:validate`. A key locked to other targets could do nothing here (contract §1.4). */
const isNarrow = (error: OmniError) => error.kind === 'forbidden' && error.lock === undefined;

/** At sign-in a 401 means a wrong key, and a server without `/auth/validate` is no Omni. */
function problem(error: OmniError): SignInProblem {
  if (error.kind === 'unauthorized') return { code: 'wrong_key' };
  if (error.kind !== 'not_found') return problemOf(error);
  return { code: 'bad_answer_not_json', values: { status: 404, reference: error.requestId } };
}

/** The same handle, whose calls time out after so many milliseconds. */
function limitTime(omni: Omni, timeoutMs: number): Omni {
  return { ...omni, request: <T>(call: OmniCall<T>) => omni.request({ ...call, timeoutMs }) };
}
