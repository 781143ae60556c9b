import { cookieText, viewsCookie } from '#lib/views/cookies.ts';
import { parseViews, withView, writeViews, type SavedView } from '#lib/views/saved-views.ts';
import type { ViewsRoom } from '#lib/views/view-query.ts';
import { readCookie } from './read-cookie.ts';

/** Keeps a view in this browser and answers all of them; null where it can't be kept. Another tab may have changed them. */
export function addView(room: ViewsRoom, wish: SavedView): SavedView[] | null {
  const views = withView(room, stored(room), wish);
  return views && keep(room, views);
}

/** Deletes a view and answers what is left. */
export function dropView(room: ViewsRoom, name: string): SavedView[] | null {
  return keep(
    room,
    stored(room).filter((view) => view.name !== name),
  );
}

function stored(room: ViewsRoom): SavedView[] {
  return parseViews(room, readCookie(viewsCookie(room)));
}

/** A browser may refuse a cookie without a word. */
function keep(room: ViewsRoom, views: readonly SavedView[]): SavedView[] | null {
  const text = writeViews(views);
  if (text === null) return null;
  document.cookie = cookieText(room, viewsCookie(room), views.length > 0 ? text : '');
  const kept = stored(room);
  return kept.length === views.length ? kept : null;
}
