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
import { trySignIn } from './throttle.ts';

/** Why nobody was signed in: `code` is a sentence (`problems`), `values` fill it. */
export type SignInProblem = { code: string; values?: Record<string, string | number> };

/** Contract §1.1. */
const KEY = /^omni_sk_[A-Za-z0-9]{32}$/;

/** How long looking around may take, in milliseconds: what is not known by then stays unknown. */
const LOOK_AROUND = 2_500;
const SESSIONS_KEPT = 90 * 86_400_000;

/** All that is said of a typed address that is no Omni, so that the console tells nobody what stands where. */
const NEUTRAL = 'server_not_usable';
const SAID_OF_TYPED = new Set(['wrong_key', 'signature_required', 'forbidden_lock', 'rate_limited']);

/** Answers that tell something about a key: who collects them is guessing. A server that is down is nobody's fault. */
const GUESSES = new Set(['wrong_key', 'signature_required', 'forbidden_lock']);

/**
 * Checks a key at its server and opens a session in the store; the caller gives it to the browser. A valid key that may not
 * ask what it is (`forbidden`, contract §4) signs in too, with what its own row tells, else with unknown rights. A key that
 * cannot be one is not sent anywhere. After too many wrong ones the answer is one and the same, whatever the key.
 */
export async function signIn(
  input: SignInInput,
  context: { clientIp?: string | undefined; browser?: string | null } = {},
): Promise<Result<SessionToSet, SignInProblem>> {
  const typed = input.serverId === TYPED;
  const server = typed ? typedServer(input.address ?? '') : findServer(input.serverId);
  if (!server) return err({ code: typed ? NEUTRAL : 'unknown_server' });
  const key = input.key.trim();
  if (!KEY.test(key)) return err({ code: 'malformed_key' });
  try {
    const db = await store();
    const attempt = await trySignIn(db, { server: server.id, clientIp: context.clientIp }, Date.now());
    if (!attempt) return err({ code: 'too_many_tries' });
    const credential = new Credential(server, key);
    const omni = omniAs(credential, { actor: input.yourName ?? undefined, clientIp: context.clientIp });
    const known = await whatItIs(omni, credential, `…${key.slice(-4)}`);
    await attempt.end(known.ok ? 'good' : GUESSES.has(known.error.code) || server.typed ? 'failed' : 'void');
    if (!known.ok) return server.typed && !SAID_OF_TYPED.has(known.error.code) ? err({ code: NEUTRAL }) : known;
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

type Known = Pick<
  Parameters<typeof createSession>[1],
  'actorKeyId' | 'keyName' | 'scopes' | 'instances' | 'capabilities'
>;

async function whatItIs(omni: Omni, credential: Credential, ending: string): Promise<Result<Known, SignInProblem>> {
  const validated = await validateKey(omni);
  if (!validated.ok && !isNarrow(validated.error)) return err(problem(validated.error));
  const hurried = within(omni, LOOK_AROUND);
  const [own, capabilities] = await Promise.all([findOwnKey(hurried, credential), findCapabilities(hurried)]);
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
  known: Known & { yourName: string | null; browser: string | null },
  now: number,
): Promise<string> {
  const actors = actorsOf(credential);
  const formers = await formersOf(db, actors);
  return createSession(db, { ...known, server: credential.server.id, actor: actors[0], formers }, now);
}

/** A good key without `auth:validate`; one that is locked to other targets could do nothing here (contract §1.4). */
const isNarrow = (error: OmniError) => error.kind === 'forbidden' && error.lock === undefined;

/** At sign-in the same 401 means a key that was never good, and a server without `/auth/validate` is no Omni. */
function problem(error: OmniError): SignInProblem {
  if (error.kind === 'unauthorized') return { code: 'wrong_key' };
  if (error.kind !== 'not_found') return problemOf(error);
  return { code: 'bad_answer_not_json', values: { status: 404, reference: error.requestId } };
}

/** The same handle, whose calls are given up after so many milliseconds. */
function within(omni: Omni, timeoutMs: number): Omni {
  return { ...omni, request: <T>(call: OmniCall<T>) => omni.request({ ...call, timeoutMs }) };
}
