import { OVERRIDES } from '#lib/routes/editor/overrides.ts';
import type { RouteName } from './route-name.ts';
import type { AgentState, RouteRow } from './route-row.ts';
import { packId, unpackId } from './packed-id.ts';

/**
 * Routes on their way to the browser. What many rows share stands once: `instances` with the number of their rows, which follow
 * each other, and `answering`, the agents with their state. `ids` and `targets` hold 22 characters a row, `rows` a line each. A
 * list of 2,000 routes is 150 kB this way and 875 kB as objects.
 */
export type PackedRoutes = {
  instances: (Pick<RouteRow, 'instanceId' | 'instance' | 'channel'> & { count: number })[];
  answering: Pick<RouteRow, 'agentId' | 'agent' | 'agentState'>[];
  ids: string;
  targets: string;
  rows: string;
};

const ID = 22;

/** Rows as `packRoutes` orders them: those of an instance follow each other. */
export function inPackedOrder(rows: readonly RouteRow[]): RouteRow[] {
  return [...Map.groupBy(rows, ({ instanceId }) => instanceId).values()].flat();
}

/** Rows as one text. Line breaks in a label become spaces; moments are kept to the second. */
export function packRoutes(rows: readonly RouteRow[]): PackedRoutes {
  const groups = [...Map.groupBy(rows, ({ instanceId }) => instanceId).values()];
  const answering = new Map<string, number>();
  const agents: PackedRoutes['answering'] = [];
  const lineOf = ({ agentId, agent, agentState, ...row }: RouteRow) => {
    const key = `${agentState} ${agentId} ${agent}`;
    const known = answering.get(key) ?? agents.push({ agentId, agent, agentState }) - 1;
    answering.set(key, known);
    const kind = row.scope === 'chat' ? (row.active ? 'C' : 'c') : row.active ? 'U' : 'u';
    const changed = Math.floor(Date.parse(row.updatedAt) / 1000).toString(36);
    const own = row.own.reduce((sum, name) => sum + 2 ** OVERRIDES.indexOf(name), 0);
    return `${known}${kind}${changed}${own ? `.${own.toString(36)}` : ''}${row.priority ? `!${row.priority}` : ''} ${oneLine(row.label ?? '')}`;
  };
  const all = inPackedOrder(rows);
  return {
    instances: groups.flatMap((own) => {
      const [first] = own;
      if (!first) return [];
      const { instanceId, instance, channel } = first;
      return [{ instanceId, instance, channel, count: own.length }];
    }),
    rows: all.map(lineOf).join('\n'),
    answering: agents,
    ids: all.map(({ id }) => packId(id)).join(''),
    targets: all.map(({ targetId }) => packId(targetId)).join(''),
  };
}

const LINE = /^(\d+)([CcUu])([\da-z]+)(?:\.([\da-z]+))?(?:!(-?\d+))? (.*)$/;
const NOBODY = { agentId: null, agent: null, agentState: 'default' as AgentState };

/** The rows of `packRoutes`. */
export function unpackRoutes({ instances, answering, ids, targets, rows }: PackedRoutes): RouteRow[] {
  if (rows === '') return [];
  const homes = instances.flatMap(({ count, ...home }) => Array.from({ length: count }, () => home));
  return rows.split('\n').flatMap((line, at) => {
    const [, agent, kind = 'C', changed = '0', own = '0', priority = '0', label = ''] = LINE.exec(line) ?? [];
    const home = homes[at];
    if (agent === undefined || !home) return [];
    const mask = Number.parseInt(own, 36);
    return [
      {
        id: unpackId(ids.slice(at * ID, at * ID + ID)),
        ...home,
        scope: kind.toUpperCase() === 'C' ? ('chat' as const) : ('user' as const),
        targetId: unpackId(targets.slice(at * ID, at * ID + ID)),
        ...(answering[Number(agent)] ?? NOBODY),
        label: label || null,
        priority: Number(priority),
        active: kind === kind.toUpperCase(),
        own: OVERRIDES.filter((_, bit) => (mask >>> bit) & 1),
        updatedAt: new Date(Number.parseInt(changed, 36) * 1000).toISOString(),
      },
    ];
  });
}

const SIGNS = { known: '=', gone: '-', failed: '?' } as const;
const STATES = { '=': 'known', '-': 'gone', '?': 'failed' } as const;

/** Whom the rows are for, in their order. */
export function unpackTargets({ targets }: Pick<PackedRoutes, 'targets'>): Pick<RouteRow, 'targetId'>[] {
  return Array.from({ length: targets.length / ID }, (_, at) => ({
    targetId: unpackId(targets.slice(at * ID, at * ID + ID)),
  }));
}

/**
 * Names in the order of `targets`, a line each; an empty line where nothing is known. Of a name that stands for itself the handle
 * stays behind: Omni finds what only that has.
 */
export function packNames(
  targets: readonly Pick<RouteRow, 'targetId'>[],
  names: ReadonlyMap<string, RouteName>,
): string {
  const lines = targets.map(({ targetId }) => {
    const known = names.get(targetId);
    if (!known) return '';
    const { state, name, handle } = known;
    return name === null && handle !== null ? `@${oneLine(handle)}` : `${SIGNS[state]}${oneLine(name ?? '')}`;
  });
  return lines.join('\n').trimEnd();
}

/** The names of `packNames`. */
export function unpackNames(targets: readonly Pick<RouteRow, 'targetId'>[], packed: string): RouteName[] {
  if (packed === '') return [];
  return packed.split('\n').flatMap((line, at): RouteName[] => {
    const id = targets[at]?.targetId;
    const [sign = '', text] = [line[0], line.slice(1) || null];
    if (id === undefined) return [];
    if (sign === '@') return [{ id, name: null, handle: text, state: 'known' }];
    return isSign(sign) ? [{ id, name: text, handle: null, state: STATES[sign] }] : [];
  });
}

const isSign = (text: string): text is keyof typeof STATES => text in STATES;
const oneLine = (text: string) => text.replaceAll(/[\r\n\u2028\u2029]+/g, ' ');
