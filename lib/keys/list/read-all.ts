import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { seeKey, seeKeys, type SeenKey } from '#lib/omni/resources/own-key.ts';
import { ok, type Result } from '#lib/omni/result.ts';
import { KEYS_LIMIT } from '#lib/omni/schemas/keys.ts';

/** The session's own key among those listed, else by its id: with more than a hundred it may not be listed. Scope `keys:read`. */
export async function ownKeyOf(omni: Omni, { keys }: AllKeys, actorKeyId: string | null): Promise<SeenKey | null> {
  const listed = keys.find(({ own }) => own);
  if (listed || actorKeyId === null) return listed ?? null;
  const seen = await seeKey(omni, actorKeyId);
  return seen.ok && seen.value.own ? seen.value : null;
}

/** `hidden`: of which kinds there may be more than Omni lists. */
export type AllKeys = { keys: SeenKey[]; hidden: ('active' | 'revoked')[] };

/**
 * Every key that can be listed. Omni lists the 100 oldest, so where there are as many it is asked for active and for
 * revoked ones besides, 100 of each (it filters before it cuts); more than that can't be listed (contract §1.6). `signal`
 * aborts when the caller leaves.
 */
export async function readAllKeys(omni: Omni, signal?: AbortSignal): Promise<Result<AllKeys, OmniError>> {
  const first = await seeKeys(omni, {}, signal);
  if (!first.ok) return first;
  if (first.value.length < KEYS_LIMIT) return ok({ keys: first.value, hidden: [] });
  const [active, revoked] = await Promise.all([
    seeKeys(omni, { status: 'active' }, signal),
    seeKeys(omni, { status: 'revoked' }, signal),
  ]);
  if (!active.ok) return active;
  if (!revoked.ok) return revoked;
  const byId = new Map([first, active, revoked].flatMap(({ value }) => value.map((one) => [one.key.id, one] as const)));
  const hidden = (['active', 'revoked'] as const).filter(
    (status) => (status === 'active' ? active : revoked).value.length >= KEYS_LIMIT,
  );
  return ok({ keys: [...byId.values()], hidden });
}
