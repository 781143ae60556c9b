/** A key's text, the key it belongs to, and what to do once somebody confirms that it is stored. */
export type ShownSecret = { secret: string; keyId: string; name: string; serverUrl?: string; onStored?: () => void };

export type ShownOnceProps = { shown: ShownSecret; forget: () => void };

/** The secret in what an inline change delivered, if it is one: `{ secret, keyId, name }`. */
export function secretOf(delivered: unknown): ShownSecret | null {
  if (typeof delivered !== 'object' || delivered === null) return null;
  const { secret, keyId, name, serverUrl } = delivered as Record<string, unknown>;
  if (typeof secret !== 'string' || typeof keyId !== 'string' || typeof name !== 'string') return null;
  return { secret, keyId, name, ...(typeof serverUrl === 'string' ? { serverUrl } : {}) };
}
