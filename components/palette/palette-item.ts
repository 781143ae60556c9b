import type { KeyHit } from '#lib/keys/list/find.ts';
import { shownPrefix } from '#lib/keys/list/shown-prefix.ts';
import type { RouteHit } from '#lib/routes/list/find.ts';

type Named = { id: string; name: string | null; detail?: string | undefined };

/**
 * A person, route or key that the palette finds, remembers and opens. `name` is null where there is none, or where this tab
 * never read it. `target`: the chat or person of a route. `state`: an inactive route, a revoked or expired key.
 */
export type PaletteItem =
  | ({ kind: 'person' } & Named)
  | ({
      kind: 'route';
      instanceId: string;
      target?: { scope: 'chat' | 'user'; id: string } | undefined;
      state?: 'inactive' | undefined;
    } & Named)
  | ({ kind: 'key'; state?: 'revoked' | 'expired' | undefined } & Named);

export type ItemKind = PaletteItem['kind'];

/** The page of an item. */
export function pathOf(item: PaletteItem): string {
  if (item.kind === 'route') return `/routes/${item.instanceId}/${item.id}`;
  return item.kind === 'person' ? `/persons/${item.id}` : `/keys/${item.id}`;
}

export type PersonLine = {
  id: string;
  name: string | null;
  phone?: { stored: string; text: string | null } | null;
  email?: string | null;
};

/** A person of the search. */
export function personItem({ id, name, phone, email }: PersonLine): PaletteItem {
  const detail = [phone?.text ?? phone?.stored, email].filter(Boolean).join(' · ');
  return { kind: 'person', id, name, detail: detail || undefined };
}

/** A route of the search, named by its chat or person, else by its label. */
export function routeItem({
  id,
  instanceId,
  scope,
  targetId,
  target,
  label,
  agent,
  instance,
  active,
}: RouteHit): PaletteItem {
  const name = target ?? label;
  const detail = [label === name ? null : label, agent, instance].filter(Boolean).join(' · ');
  return {
    kind: 'route',
    id,
    instanceId,
    name,
    detail,
    target: targetId ? { scope, id: targetId } : undefined,
    state: active ? undefined : 'inactive',
  };
}

const ENDED = ['revoked', 'expired'] as const;

/** A key of the search. */
export function keyItem({ id, name, prefix, status }: KeyHit): PaletteItem {
  return { kind: 'key', id, name, detail: shownPrefix(prefix), state: ENDED.find((ended) => ended === status) };
}
