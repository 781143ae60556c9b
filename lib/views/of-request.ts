import 'server-only';
import { cookies } from 'next/headers';
import { columnsCookie, viewsCookie } from './cookies.ts';
import { parseHidden, type ColumnsRoom, type Hideable } from './hidden-columns.ts';
import { parseViews, type SavedView } from './saved-views.ts';
import type { ViewsRoom } from './view-query.ts';

/** The views this browser keeps of a list. */
export async function savedViews(room: ViewsRoom): Promise<SavedView[]> {
  return parseViews(room, (await cookies()).get(viewsCookie(room))?.value);
}

/** The columns this browser hides in a table. */
export async function hiddenColumns<R extends ColumnsRoom>(room: R): Promise<Hideable<R>[]> {
  return parseHidden(room, (await cookies()).get(columnsCookie(room))?.value);
}
