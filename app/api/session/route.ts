import { fromOurOrigin } from '#lib/actions/origin.ts';
import { readPageSession, readSession } from '#lib/session/request/guard.ts';
import { limitsOf, type SessionLimits } from '#lib/session/session-limits.ts';
import { signOut, signOutEverywhere } from '#lib/session/sign-in/sign-out.ts';

const NO_STORE = { 'cache-control': 'no-store' };
const FORGET = { ...NO_STORE, 'clear-site-data': '"cache", "storage"' };

/** The session and its limits. Reading it does not keep it alive. */
export function GET(): Promise<Response> {
  return answer({ poll: true });
}

/** Keeps the session alive: the idle time starts again. */
export async function POST(): Promise<Response> {
  if (!(await fromOurOrigin())) return refused();
  return answer({ poll: false });
}

/**
 * Signs out; `?everywhere` ends every session of this key. It also clears what the browser kept. `not_ended`: only the cookie was
 * deleted; with any other problem nothing has changed.
 */
export async function DELETE(request: Request): Promise<Response> {
  if (!(await fromOurOrigin())) return refused();
  const signed = await readPageSession({ poll: true, change: true });
  if ('reason' in signed && signed.reason === 'other_session') return problem(signed.reason, 409);
  if (!new URL(request.url).searchParams.has('everywhere'))
    return (await signOut())
      ? Response.json({ signedOut: true }, { headers: FORGET })
      : problem('not_ended', 503, FORGET);
  if ('reason' in signed) return problem(signed.reason, 401);
  if (!(await signOutEverywhere(signed.credential))) return problem('store_down', 503);
  return Response.json({ signedOut: true }, { headers: FORGET });
}

async function answer({ poll }: { poll: boolean }): Promise<Response> {
  const signed = await readSession({ poll });
  if (!('session' in signed)) return problem(signed.reason, 401);
  const { session } = signed;
  const seen = poll ? session : { ...session, lastSeenAt: Date.now() };
  return Response.json(limitsOf(seen, Date.now()) satisfies SessionLimits, { headers: NO_STORE });
}

function refused(): Response {
  return problem('foreign_origin', 403);
}

function problem(code: string, status: number, headers: Record<string, string> = NO_STORE): Response {
  return Response.json({ problem: code }, { status, headers });
}
