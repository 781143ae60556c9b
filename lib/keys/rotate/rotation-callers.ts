import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { auditPage, type AuditPage } from '#lib/keys/requests/audit-walk.ts';

/** How many pages of a hundred calls are looked through for calls that are not the console's own. */
const MOST_PAGES = 3;

/** Somebody who calls with a key: where from, with what, how often among the calls looked at, and last. */
export type Caller = {
  ip: string | null;
  agent: string | null;
  count: number;
  last: string;
  path: string;
  refused: number;
};

/**
 * Who called last, the latest first. `last`: the newest call that is not the console's own, null where there was none among
 * those looked at; `sure`: then there is none at all.
 */
export type Callers = { all: Caller[]; last: string | null; looked: number; sure: boolean };

/** Whether a call is a console's own: the door sends its name with every call. */
export function isConsole({ userAgent }: Pick<KeyCall, 'userAgent'>): boolean {
  return userAgent?.startsWith('omni-console/') ?? false;
}

/** Who calls with a key besides consoles, by its newest calls. Scope `keys:read` (contract §7.1). */
export async function callersOf(omni: Omni, keyId: string): Promise<Result<Callers, OmniError>> {
  const calls: KeyCall[] = [];
  let position: Position | null = null;
  let looked = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Result<AuditPage, OmniError> = await auditPage(omni, keyId, {}, position, 100);
    if (!page.ok) return page;
    looked += page.value.calls.length;
    calls.push(...page.value.calls.filter((call) => !isConsole(call)));
    position = page.value.next;
    if (!position || calls.length > 0) break;
  }
  return ok({ all: byCaller(calls), last: calls[0]?.timestamp ?? null, looked, sure: position === null });
}

function byCaller(calls: readonly KeyCall[]): Caller[] {
  const callers = new Map<string, Caller>();
  for (const { ipAddress: ip, userAgent: agent, timestamp, path, statusCode } of calls) {
    const name = JSON.stringify([ip, agent]);
    const caller = callers.get(name) ?? { ip, agent, count: 0, last: timestamp, path, refused: 0 };
    callers.set(name, { ...caller, count: caller.count + 1, refused: caller.refused + (statusCode >= 400 ? 1 : 0) });
  }
  return [...callers.values()].slice(0, 20);
}
