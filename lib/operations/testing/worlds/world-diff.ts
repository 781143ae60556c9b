import 'server-only';
import type { TableDiff } from '../../../../sandbox/world/snapshots.ts';
import type { Control } from '../../../../sandbox/wire/control/control-client.ts';

/** What the laws look at: the rows people know of. Ids of what is created again, clocks, marks and attribution are left out. */
const LEFT_OUT = new Set([
  'linked_by',
  'link_reason',
  'confidence',
  'revoked_at',
  'id',
  'created_at',
  'updated_at',
  'key_hash',
  'key_prefix',
  'usage_count',
  'last_used_at',
  'last_used_ip',
]);
const TABLES = ['persons', 'platform_identities', 'agent_routes', 'access_rules', 'api_keys', 'agents', 'instances'];
const MARK = /\s*\[console [0-9a-f-]{36}\]/g;

type Row = Record<string, unknown>;
/** Rows as they look to people: gone, added, and what changed in those that stayed. */
export type WorldDiff = { gone: string[]; added: string[]; changed: Row[] };

type Renamed = ReadonlyMap<unknown, string>;

/** `""` and `{}` are nothing, as everywhere in Omni (contract §10.17). */
export function projected(row: Row, renamed: Renamed = new Map()): string {
  const kept = Object.entries(row).filter(([name]) => !LEFT_OUT.has(name));
  const plain = kept.map(([name, value]) => [
    name,
    typeof value === 'string'
      ? (renamed.get(value) ??
        (value
          .replaceAll(MARK, '')
          .trim()
          .replace(/^\{\}$/, '') ||
          null))
      : value,
  ]);
  return JSON.stringify(plain);
}

/** The ids of new people: that of the one who went and looked the same, else what they look like. */
function renamedPeople({ gone, added }: Pick<TableDiff, 'gone' | 'added'>): Renamed {
  const left = [...gone];
  return new Map(
    added.map((row) => {
      const at = left.findIndex((one) => projected(one) === projected(row));
      const [same] = at < 0 ? [] : left.splice(at, 1);
      return [row.id, same ? String(same.id) : `new ${projected(row)}`];
    }),
  );
}

/** What differs since the snapshot. A row that went and came again under another id does not differ. */
export async function diffOf(control: Control, since = 'world'): Promise<WorldDiff> {
  const tables: [string, TableDiff][] = Object.entries(await control.diff(since, TABLES));
  const renamed = renamedPeople(Object.fromEntries(tables).persons ?? { gone: [], added: [] });
  const all = (of: 'gone' | 'added') =>
    tables.flatMap(([table, diff]) => diff[of].map((row) => `${table} ${projected(row, renamed)}`));
  const [gone, added] = [all('gone'), all('added')];
  const both = gone.filter((row) => added.includes(row));
  const changed = tables.flatMap(([table, diff]) =>
    diff.changed.flatMap(({ before, after }) => {
      const names = Object.keys(before).filter(
        (name) =>
          !LEFT_OUT.has(name) &&
          projected({ [name]: before[name] }, renamed) !== projected({ [name]: after[name] }, renamed),
      );
      return names.length === 0
        ? []
        : [
            {
              table,
              id: before.id,
              ...Object.fromEntries(names.map((name) => [name, renamed.get(after[name]) ?? after[name]])),
            },
          ];
    }),
  );
  const left = (rows: string[]) => rows.filter((row) => !both.includes(row)).toSorted();
  return { gone: left(gone), added: left(added), changed };
}

/** The same in an order that ids have no part in. */
export const sorted = ({ gone, added, changed }: WorldDiff): WorldDiff => ({
  gone: gone.toSorted(),
  added: added.toSorted(),
  changed: changed.toSorted((a, b) => (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1)),
});

export const NOTHING: WorldDiff = { gone: [], added: [], changed: [] };

export type Twins = ReadonlyMap<string, string>;

/** The ids of what the run made here, and of the same things that its lines made there. */
export async function twinsOf(here: Control, there: Control): Promise<Twins> {
  const [own, other] = await Promise.all([here.diff('world', TABLES), there.diff('world', TABLES)]);
  const named = (diff: Record<string, TableDiff>) => {
    const renamed = renamedPeople(diff.persons ?? { gone: [], added: [] });
    return Object.entries(diff).flatMap(([table, { added }]) =>
      added.map((row): [string, string] => [`${table} ${projected(row, renamed)}`, String(row.id)]),
    );
  };
  const left = named(other);
  return new Map(
    named(own).flatMap(([name, id]): [string, string][] => {
      const at = left.findIndex(([same]) => same === name);
      const [twin] = at < 0 ? [] : left.splice(at, 1);
      return twin ? [[id, twin[1]]] : [];
    }),
  );
}

/** A text about things here as one about their twins there. */
export const twinned = (text: string, twins: Twins) =>
  [...twins].reduce((now, [mine, theirs]) => now.replaceAll(mine, theirs), text);
