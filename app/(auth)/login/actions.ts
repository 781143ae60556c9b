'use server';

import type { Route } from 'next';
import { headers } from 'next/headers';
import { redirect } from 'next/navigation';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { refusedCall } from '#lib/actions/gate.ts';
import { browserName } from '#lib/session/sign-in/browser-name.ts';
import { requestCookies, startSession, setCurrentServer } from '#lib/session/request/cookie-next.ts';
import { clientIp } from '#lib/session/request/guard.ts';
import { signedInServers } from '#lib/session/request/cookie-session.ts';
import { safeNext } from '#lib/session/sign-in/safe-next.ts';
import { signInInput, switchInput } from '#lib/session/sign-in/sign-in-input.ts';
import { signIn } from '#lib/session/sign-in/sign-in.ts';

/** What is told of a field that is no good, where it isn't the key. */
const CODES: Readonly<Record<string, string>> = { serverId: 'unknown_server', address: 'server_not_usable' };

/** Checks the key at Omni, opens a session and redirects to the requested page. */
export async function signInAction(raw: unknown): Promise<ActionResult> {
  const result = await signedIn(raw);
  return result.ok ? redirect(safeNext(result.data.next) as Route) : result;
}

/** The same without a redirect, for a page whose session ends or has ended. */
export async function signInHereAction(raw: unknown): Promise<ActionResult> {
  const result = await signedIn(raw);
  return result.ok ? { ok: true, data: undefined } : result;
}

async function signedIn(raw: unknown): Promise<ActionResult<{ next: string | undefined }>> {
  const refused = await refusedCall();
  if (refused) return refused;
  const parsed = signInInput.safeParse(raw);
  if (!parsed.success) return { ok: false, code: CODES[String(parsed.error.issues[0]?.path[0])] ?? 'malformed_key' };
  const { next, ...input } = parsed.data;
  const [ip, head] = await Promise.all([clientIp(), headers()]);
  const result = await signIn(input, { clientIp: ip, browser: browserName(head.get('user-agent')) });
  if (!result.ok) return { ok: false, ...result.error };
  await startSession(result.value);
  return { ok: true, data: { next } };
}

/** Switches this browser to another server it is signed in to; answers the address to open. */
export async function switchServerAction(raw: unknown): Promise<ActionResult<{ to: string }>> {
  const refused = await refusedCall();
  if (refused) return refused;
  const parsed = switchInput.safeParse(raw);
  if (!parsed.success) return { ok: false, code: 'unknown_server' };
  const { serverId } = parsed.data;
  const signedIn = signedInServers(await requestCookies()).includes(serverId);
  if (signedIn) await setCurrentServer(serverId);
  return { ok: true, data: { to: signedIn ? safeNext(undefined) : `/login?server=${encodeURIComponent(serverId)}` } };
}
