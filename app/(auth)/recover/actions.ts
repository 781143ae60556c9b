'use server';

import { cookies, headers } from 'next/headers';
import { redirect } from 'next/navigation';
import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { refusedCall } from '#lib/actions/gate.ts';
import { env } from '#lib/env.ts';
import { browserName } from '#lib/session/sign-in/browser-name.ts';
import { startSession } from '#lib/session/request/cookie-next.ts';
import { diagnose, type Diagnosis } from '#lib/session/recover/diagnose.ts';
import { clientIp, readSession } from '#lib/session/request/guard.ts';
import { readAsker } from '#lib/session/recover/read-asker.ts';
import { createRecoveryCode, recoverWithCode } from '#lib/session/recover/recovery.ts';
import { CODE_LASTS } from '#lib/session/recover/recovery-codes.ts';
import { cookieAttributes, cookieName } from '#lib/session/seal.ts';
import { storeErrorOf } from '#lib/store/store-error.ts';

const INVALID = { ok: false, code: 'invalid' } as const;
const server = z.string().min(1).max(200);
const codeCookie = () => `${cookieName(env())}.recover`;

/** Diagnoses the server and the key. */
export async function diagnoseAction(raw: unknown): Promise<ActionResult<Diagnosis>> {
  const refused = await refusedCall();
  if (refused) return refused;
  const parsed = z.strictObject({ serverId: server, key: z.string().max(100_000) }).safeParse(raw);
  if (!parsed.success) return INVALID;
  const [ip, current] = await Promise.all([clientIp(), readSession({ poll: true })]);
  const sameServer = 'session' in current && current.session.server.id === parsed.data.serverId;
  try {
    const found = await diagnose(parsed.data, { clientIp: ip, innerClient: sameServer ? current.omni : null });
    return found ? { ok: true, data: found } : { ok: false, code: 'unknown_server' };
  } catch (error) {
    if (!storeErrorOf(error)) throw error;
    return { ok: false, code: 'store_down' };
  }
}

/** Writes a code on the console's machine, valid for this browser. */
export async function createCodeAction(raw: unknown): Promise<ActionResult> {
  const refused = await refusedCall();
  if (refused) return refused;
  const parsed = z.strictObject({ serverId: server }).safeParse(raw);
  if (!parsed.success) return INVALID;
  const created = await createRecoveryCode(parsed.data.serverId, await readAsker());
  if (!created.ok) return { ok: false, ...created.error };
  const attributes = { ...cookieAttributes(env()), sameSite: 'strict', maxAge: CODE_LASTS / 1000 } as const;
  (await cookies()).set(codeCookie(), created.value, attributes);
  return { ok: true, data: undefined };
}

/** Signs in with the key of Omni's process when the code is right. The key is never sent to the browser. */
export async function recoverAction(raw: unknown): Promise<ActionResult> {
  const refused = await refusedCall();
  if (refused) return refused;
  const parsed = z.strictObject({ serverId: server, code: z.string().max(40) }).safeParse(raw);
  if (!parsed.success) return INVALID;
  const [jar, head, asker] = await Promise.all([cookies(), headers(), readAsker()]);
  const input = { ...parsed.data, id: jar.get(codeCookie())?.value };
  const result = await recoverWithCode(input, { asker, browser: browserName(head.get('user-agent')) });
  if (!result.ok) return { ok: false, ...result.error };
  jar.delete(codeCookie());
  await startSession(result.value);
  redirect('/keys');
}
