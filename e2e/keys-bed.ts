import type { Control } from '../sandbox/control-client.ts';

/** The changes Omni was asked for since its calls were cleared. */
export async function writes(omni: Control): Promise<string[]> {
  const { items } = await omni.calls();
  return items.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

/** A key of this test's own. */
export async function ownKey(omni: Control, more: Record<string, unknown> = {}): Promise<string> {
  const id = crypto.randomUUID();
  await omni.rows({
    api_keys: [{ id, name: `prova-${id.slice(0, 4)}`, keyHash: id, scopes: ['persons:read'], ...more }],
  });
  return id;
}

/** Takes away every key but those a sandbox begins with. */
export async function dropKeys(omni: Control): Promise<void> {
  await omni.write('DELETE FROM api_keys WHERE id NOT LIKE ?', ['99999990%']);
}
