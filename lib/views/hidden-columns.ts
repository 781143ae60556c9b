/** The columns that can be hidden, by table; the name and the actions of a row cannot. */
export const HIDEABLE = {
  persons: ['phone', 'email', 'channels', 'last-seen', 'added'],
  routes: ['label', 'agent', 'instance', 'own', 'updated'],
  keys: ['prefix', 'permissions', 'instances', 'used', 'expires', 'created'],
  activity: ['outcome', 'who'],
  'key-audit': ['method', 'status', 'ip', 'agent', 'took'],
} as const;

export type ColumnsRoom = keyof typeof HIDEABLE;
export type Hideable<R extends ColumnsRoom> = (typeof HIDEABLE)[R][number];

/** What columns were called in cookies of releases before. */
const OLD_COLUMNS: Readonly<Record<string, string>> = { rights: 'permissions' };

/** The hidden columns of a cookie's text, such as `email.added`. Anything else falls away. */
export function parseHidden<R extends ColumnsRoom>(room: R, text: string | undefined): Hideable<R>[] {
  const said = new Set(
    (text ?? '')
      .slice(0, 200)
      .split('.')
      .map((id) => OLD_COLUMNS[id] ?? id),
  );
  return (HIDEABLE[room] as readonly Hideable<R>[]).filter((id) => said.has(id));
}
