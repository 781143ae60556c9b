import { unstable_isUnrecognizedActionError } from 'next/navigation';
import type { ActionFailure, ActionResult } from '#lib/actions/action-result.ts';
import type { ActionCaller, ServerAction } from '#lib/actions/server-action.ts';

const CALLER = {} as ActionCaller;

/**
 * Calls an action; every call in the browser goes through here (`lib/actions/server-action.ts`). It never rejects: an action that this
 * server no longer knows is `new_version`, a lost connection `console_unreachable`, an error of the server's `unexpected`. An
 * action that redirects has done what it was asked, except where it leads to the sign-in page: `session_ended`.
 */
export async function callAction<I, T>(action: ServerAction<I, T>, input: I): Promise<ActionResult<T>> {
  try {
    return (await action.call(CALLER, input)) ?? { ok: true, data: undefined as T };
  } catch (error) {
    const to = redirectOf(error);
    if (to !== null && !/^\/login\b/.test(to)) return { ok: true, data: undefined as T };
    return failureOf(error, to);
  }
}

function failureOf(error: unknown, to: string | null): ActionFailure {
  if (to !== null) return { ok: false, code: 'session_ended' };
  if (unstable_isUnrecognizedActionError(error)) return { ok: false, code: 'new_version' };
  return { ok: false, code: digestOf(error) === null ? 'console_unreachable' : 'unexpected' };
}

/** What Next puts on an error of the server's, and on its own redirects. */
function digestOf(error: unknown): string | null {
  return error instanceof Error && 'digest' in error && typeof error.digest === 'string' ? error.digest : null;
}

/** Where a redirect leads (`NEXT_REDIRECT;replace;/login?next=%2F;303;`). Next's router goes there by itself. */
function redirectOf(error: unknown): string | null {
  return /^NEXT_REDIRECT;(?:push|replace);(.*);\d{3};$/.exec(digestOf(error) ?? '')?.[1] ?? null;
}
