/** The columns that can be hidden, by table; the name and the actions of a row cannot. */
export const HIDEABLE = {
  persons: ['phone', 'email', 'channels', 'last-seen', 'added'],
  routes: ['label', 'agent', 'instance', 'own', 'updated'],
  keys: ['prefix', 'permissions', 'instances', 'used', 'expires', 'created', 'week'],
  activity: ['outcome', 'who', 'via'],
  'key-audit': ['method', 'status', 'ip', 'agent', 'took'],
} as const;

/** Columns that are hidden until somebody adds them, by table: what they show costs Omni calls. A cookie has `+week` where it is shown. */
const ADDED: Readonly<Record<string, readonly string[]>> = { keys: ['week'] };

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
  const added = ADDED[room] ?? [];
  return (HIDEABLE[room] as readonly Hideable<R>[]).filter((id) =>
    added.includes(id) ? !said.has(`+${id}`) : said.has(id),
  );
}

/** The text of a cookie that hides these columns; empty where nothing differs from the beginning. */
export function hiddenText<R extends ColumnsRoom>(room: R, hidden: readonly Hideable<R>[]): string {
  const added = ADDED[room] ?? [];
  return (HIDEABLE[room] as readonly Hideable<R>[])
    .flatMap((id) => (added.includes(id) ? (hidden.includes(id) ? [] : [`+${id}`]) : hidden.includes(id) ? [id] : []))
    .join('.');
}
