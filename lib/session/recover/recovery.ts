import 'server-only';
import { networkInterfaces } from 'node:os';
import { env } from '#lib/env.ts';
import { log, logName } from '#lib/log.ts';
import type { OmniServer } from '#lib/omni/door/credential.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';
import { store } from '#lib/store/database.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';
import { codeOutput, dropCodes, showCode } from './code-output.ts';
import type { SessionToSet } from '#lib/session/request/cookie-next.ts';
import { keyFromPm2, pm2Runs } from './pm2.ts';
import { CODE_LASTS, CODE_TRIES, createCode, useCode } from './recovery-codes.ts';
import { findServer } from '#lib/session/servers/servers.ts';
import { addressNetwork } from '#lib/session/sign-in/address-network.ts';
import { signIn, type SignInProblem } from '#lib/session/sign-in/sign-in.ts';

const LOOPBACK = /^(localhost|127(\.\d+){3}|\[?::1\]?)$/i;

/** Who asks for a code. `here`: from a browser on the console's own machine; `address`: of others, where it is known. */
export type RecoveryAsker = { here: boolean; address: string | undefined };

/**
 * Whether the operator turned recovery on, and the asker is on this machine or `OMNI_RECOVER_REMOTE` is set. Behind a reverse proxy
 * nobody is: it may pass on what comes from anywhere, so the console's own address must be one of this machine too.
 */
export function mayRecover(
  { here }: Pick<RecoveryAsker, 'here'>,
  { OMNI_RECOVER, OMNI_RECOVER_REMOTE, APP_ORIGIN } = env(),
): boolean {
  return OMNI_RECOVER === 'pm2' && (OMNI_RECOVER_REMOTE || (here && LOOPBACK.test(new URL(APP_ORIGIN).hostname)));
}

/** Whether a server runs on this machine, where PM2 is. */
export function isHere({ url }: Pick<OmniServer, 'url'>): boolean {
  const { hostname } = new URL(url);
  const addresses = Object.values(networkInterfaces()).flatMap((list) => (list ?? []).map(({ address }) => address));
  return LOOPBACK.test(hostname) || addresses.includes(hostname.replace(/^\[(.*)\]$/, '$1'));
}

/** Writes a one-time code on this machine (`code-output.ts`); answers the id that the browser keeps. */
export async function createRecoveryCode(
  serverId: string,
  asker: RecoveryAsker,
): Promise<Result<string, SignInProblem>> {
  const server = localServer(serverId, asker);
  if (!server.ok) return server;
  if (!pm2Runs()) return err({ code: 'recover_no_pm2' });
  return withStoreProblem(async () => {
    const created = await createCode(await store(), { server: serverId, asker: askerName(asker) }, Date.now());
    if (!created) return err({ code: 'recover_too_many_codes' });
    const { code } = created;
    const text = `\n  Omni console, recovery for "${server.value.name}": ${code.slice(0, 4)} ${code.slice(4)}\n  Valid for five minutes, in the browser that asked. Nobody asked? Then ignore it.\n\n`;
    if (!showCode(text, CODE_LASTS)) return err({ code: 'recover_no_output' });
    log('info', 'recovery.code_made', { server: logName(serverId), output: codeOutput() });
    return ok(created.id);
  });
}

/** Checks a code, reads the key of Omni's process from PM2, validates it at its server and opens a session with it. */
export async function recoverWithCode(
  input: { serverId: string; code: string; id: string | undefined },
  { asker, browser }: { asker: RecoveryAsker; browser?: string | null },
): Promise<Result<SessionToSet, SignInProblem>> {
  const server = localServer(input.serverId, asker);
  if (!server.ok) return server;
  return withStoreProblem(async () => {
    const answer = await useCode(await store(), { ...input, server: input.serverId }, Date.now());
    if (answer !== 'right') {
      log('warn', 'recovery.code_refused', { why: answer });
      return err({ code: `recover_code_${answer}`, values: { tries: CODE_TRIES } });
    }
    dropCodes();
    const key = await keyFromPm2(server.value.url);
    if (!key.ok) return err({ code: key.error });
    const context = { clientIp: asker.address, ...(browser === undefined ? {} : { browser }) };
    const signedIn = await signIn({ serverId: input.serverId, key: key.value, yourName: null }, context);
    if (signedIn.ok) log('warn', 'recovery.signed_in', { server: logName(input.serverId) });
    else if (signedIn.error.code === 'malformed_key') return err({ code: 'recover_no_key' });
    else if (signedIn.error.code === 'wrong_key') return err({ code: 'recover_dead_key' });
    return signedIn;
  });
}

/** As whom an asker is counted; the holder of an IPv6 /48 is one. */
function askerName({ here, address }: RecoveryAsker): string {
  return here ? 'here' : addressNetwork(address, 3);
}

function localServer(serverId: string, asker: RecoveryAsker): Result<OmniServer, SignInProblem> {
  if (!mayRecover(asker)) return err({ code: 'recover_off' });
  const server = findServer(serverId);
  if (!server || server.typed) return err({ code: 'unknown_server' });
  return isHere(server) ? ok(server) : err({ code: 'recover_wrong_server' });
}

async function withStoreProblem<T>(work: () => Promise<Result<T, SignInProblem>>): Promise<Result<T, SignInProblem>> {
  try {
    return await work();
  } catch (error) {
    const failure = storeErrorOf(error);
    if (!failure) throw error;
    log('error', 'recovery.store_down', { kind: failure.kind });
    return err({ code: 'store_down' });
  }
}
