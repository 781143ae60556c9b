import type { ColumnsRoom } from './hidden-columns.ts';
import type { ViewsRoom } from './view-query.ts';

/** The path of each list: its cookies are sent there only. */
const PATHS = {
  persons: '/persons',
  routes: '/routes',
  keys: '/keys',
  activity: '/activity',
  'key-audit': '/keys',
} as const satisfies Record<ViewsRoom | ColumnsRoom, string>;

const YEAR = 31_536_000;

export const viewsCookie = (room: ViewsRoom) => `views-${room}`;
export const columnsCookie = (room: ColumnsRoom) => `columns-${room}`;

/** The text for `document.cookie` that keeps a list's choice; an empty choice deletes the cookie. */
export function cookieText(room: ViewsRoom | ColumnsRoom, name: string, value: string): string {
  return `${name}=${value}; path=${PATHS[room]}; max-age=${value ? YEAR : 0}; samesite=lax`;
}
