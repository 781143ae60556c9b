import type { RouteBody, RoutePatch } from '#lib/omni/schemas/routes.ts';
import { curlLine, omniLine } from '#lib/operations/plan/shell.ts';

type CommandOption = string | number | boolean | undefined;

/** The options of `omni routes create` and `update`. `--no-x` means off, not inherit, whatever its help says (contract §2.2). */
const FLAGS: Record<string, string> = {
  agentId: 'agent',
  agentTimeout: 'timeout',
  agentStreamMode: 'stream',
  agentPrefixSenderName: 'prefix-sender',
  agentWaitForMedia: 'wait-media',
  agentSendMediaPath: 'send-media-path',
  agentGateEnabled: 'gate',
  agentGateModel: 'gate-model',
  agentGatePrompt: 'gate-prompt',
  label: 'label',
  priority: 'priority',
};

/** Options for what is set, or null where the command line has none: null, filters, sessions, debounce, split, acknowledge. */
function optionsOf(values: Record<string, unknown>): Record<string, CommandOption> | null {
  const { isActive, ...rest } = values;
  const given = Object.entries(rest).filter(([, value]) => value !== undefined);
  if (given.some(([field, value]) => FLAGS[field] === undefined || value === null)) return null;
  const set = Object.entries(FLAGS).flatMap(([field, flag]) =>
    rest[field] === undefined ? [] : [[flag, rest[field] as CommandOption] as const],
  );
  const active = typeof isActive === 'boolean' ? { [isActive ? 'active' : 'inactive']: true } : {};
  return { ...Object.fromEntries(set), ...active };
}

/** The line that creates the same route. A route is active unless the line says otherwise. */
export function createCommand(serverUrl: string, instanceId: string, body: RouteBody): string {
  const { scope, ...rest } = body;
  const { chatId, personId, isActive, ...values } = rest as Record<string, unknown>;
  const options = optionsOf({ ...values, ...(isActive === false ? { isActive } : {}) });
  if (options) {
    const target = scope === 'chat' ? { chat: String(chatId) } : { person: String(personId) };
    return omniLine(['routes', 'create'], { instance: instanceId, scope, ...target, ...options });
  }
  const path = `/instances/${instanceId}/routes`;
  return curlLine('POST', serverUrl, path, body);
}

/** The line that makes the same changes. The command line can't reset a setting to inherit. */
export function editCommand(serverUrl: string, instanceId: string, id: string, patch: RoutePatch): string {
  const options = optionsOf(patch);
  if (options) return omniLine(['routes', 'update', id], { instance: instanceId, ...options });
  const path = `/instances/${instanceId}/routes/${id}`;
  return curlLine('PATCH', serverUrl, path, patch);
}

/** The line that deletes a route. */
export function deleteCommand(instanceId: string, id: string): string {
  return omniLine(['routes', 'delete', id], { instance: instanceId });
}

/** The line that activates or deactivates a route. */
export function switchCommand(instanceId: string, id: string, active: boolean): string {
  return omniLine(['routes', 'update', id], { instance: instanceId, [active ? 'active' : 'inactive']: true });
}
