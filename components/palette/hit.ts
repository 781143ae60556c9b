import type { KeyHit } from '#lib/keys/list/find.ts';
import type { RouteHit } from '#lib/routes/list/find.ts';

type Named = { id: string; name: string | null; detail?: string | undefined };

/**
 * What the palette finds, remembers and opens. `name` is null where there is none, or this tab never saw it. `target`: whom
 * a route is for. `state`: a route that is off, a key that ended.
 */
export type Hit =
  | ({ kind: 'person' } & Named)
  | ({
      kind: 'route';
      instanceId: string;
      target?: { scope: 'chat' | 'user'; id: string } | undefined;
      state?: 'off' | undefined;
    } & Named)
  | ({ kind: 'key'; state?: 'revoked' | 'expired' | undefined } & Named);

export type Kind = Hit['kind'];

/** The page of a hit. */
export function pathOf(hit: Hit): string {
  if (hit.kind === 'route') return `/routes/${hit.instanceId}/${hit.id}`;
  return hit.kind === 'person' ? `/persons/${hit.id}` : `/keys/${hit.id}`;
}

export type PersonLine = {
  id: string;
  name: string | null;
  phone?: { stored: string; text: string | null } | null;
  email?: string | null;
};

/** A person of the search. */
export function personHit({ id, name, phone, email }: PersonLine): Hit {
  const detail = [phone?.text ?? phone?.stored, email].filter(Boolean).join(' · ');
  return { kind: 'person', id, name, detail: detail || undefined };
}

/** A route of the search: called as whom it is for, else as its label says. */
export function routeAsHit({ id, instanceId, scope, targetId, target, label, agent, instance, active }: RouteHit): Hit {
  const name = target ?? label;
  const detail = [label === name ? null : label, agent, instance].filter(Boolean).join(' · ');
  return {
    kind: 'route',
    id,
    instanceId,
    name,
    detail,
    target: targetId ? { scope, id: targetId } : undefined,
    state: active ? undefined : 'off',
  };
}

const ENDED = ['revoked', 'expired'] as const;

/** A key of the search. */
export function keyAsHit({ id, name, prefix, status }: KeyHit): Hit {
  return { kind: 'key', id, name, detail: `omni_sk_${prefix}…`, state: ENDED.find((ended) => ended === status) };
}
