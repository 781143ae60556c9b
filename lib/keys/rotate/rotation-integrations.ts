import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import type { Position } from '#lib/omni/paging/paging.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import type { KeyCall } from '#lib/omni/schemas/keys.ts';
import { auditPage, type RequestLogPage } from '#lib/keys/requests/audit-walk.ts';

/** How many pages of a hundred requests are read to find one that is not the console's own. */
const MOST_PAGES = 3;

/** An integration that uses a key: its address, User-Agent, number of requests among those read, and the latest one (ISO). */
export type RotationIntegration = {
  ip: string | null;
  userAgent: string | null;
  count: number;
  last: string;
  path: string;
  refused: number;
};

/**
 * The integrations of a key, the latest first. `last`: the newest request (ISO) that is not the console's own, null where none
 * of those read was; `sure`: then there is none at all.
 */
export type RotationIntegrations = {
  all: RotationIntegration[];
  last: string | null;
  requestsRead: number;
  sure: boolean;
};

/** Whether a request is a console's own: the door sends its name with every call. */
export function isConsole({ userAgent }: Pick<KeyCall, 'userAgent'>): boolean {
  return userAgent?.startsWith('omni-console/') ?? false;
}

/** The integrations of a key, consoles left out, by its newest requests. Scope `keys:read` (contract §7.1). */
export async function integrationsOf(omni: Omni, keyId: string): Promise<Result<RotationIntegrations, OmniError>> {
  const calls: KeyCall[] = [];
  let position: Position | null = null;
  let requestsRead = 0;
  for (let pages = 0; pages < MOST_PAGES; pages += 1) {
    const page: Result<RequestLogPage, OmniError> = await auditPage(omni, keyId, {}, position, 100);
    if (!page.ok) return page;
    requestsRead += page.value.calls.length;
    calls.push(...page.value.calls.filter((call) => !isConsole(call)));
    position = page.value.next;
    if (!position || calls.length > 0) break;
  }
  return ok({ all: byIntegration(calls), last: calls[0]?.timestamp ?? null, requestsRead, sure: position === null });
}

function byIntegration(calls: readonly KeyCall[]): RotationIntegration[] {
  const integrations = new Map<string, RotationIntegration>();
  for (const { ipAddress: ip, userAgent, timestamp, path, statusCode } of calls) {
    const name = JSON.stringify([ip, userAgent]);
    const integration = integrations.get(name) ?? { ip, userAgent, count: 0, last: timestamp, path, refused: 0 };
    integrations.set(name, {
      ...integration,
      count: integration.count + 1,
      refused: integration.refused + (statusCode >= 400 ? 1 : 0),
    });
  }
  return [...integrations.values()].slice(0, 20);
}
