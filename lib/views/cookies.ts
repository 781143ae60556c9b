import type { ColumnsRoom } from './hidden-columns.ts';
import type { ViewsRoom } from './view-query.ts';

/** Where a list lives: its cookies go there only, so that no other page carries them. */
const HOMES = {
  persons: '/persons',
  routes: '/routes',
  keys: '/keys',
  activity: '/activity',
  'key-audit': '/keys',
} as const satisfies Record<ViewsRoom | ColumnsRoom, string>;

const YEAR = 31_536_000;

export const viewsCookie = (room: ViewsRoom) => `views-${room}`;
export const columnsCookie = (room: ColumnsRoom) => `columns-${room}`;

/** What a page assigns to `document.cookie` to keep a list's choice; an empty one is dropped. */
export function cookieText(room: ViewsRoom | ColumnsRoom, name: string, value: string): string {
  return `${name}=${value}; path=${HOMES[room]}; max-age=${value ? YEAR : 0}; samesite=lax`;
}
