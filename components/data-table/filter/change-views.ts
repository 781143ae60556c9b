import { cookieText, viewsCookie } from '#lib/views/cookies.ts';
import { parseViews, withView, writeViews, type SavedView } from '#lib/views/saved-views.ts';
import type { ViewsRoom } from '#lib/views/view-query.ts';
import { readCookie } from './read-cookie.ts';

/** Saves a view in this browser and answers all views; null where it can't be saved. It reads the cookie again, since another tab may have changed it. */
export function addView(room: ViewsRoom, view: SavedView): SavedView[] | null {
  const views = withView(room, stored(room), view);
  return views && keep(room, views);
}

/** Deletes a view and answers the remaining views. */
export function dropView(room: ViewsRoom, name: string): SavedView[] | null {
  return keep(
    room,
    stored(room).filter((view) => view.name !== name),
  );
}

function stored(room: ViewsRoom): SavedView[] {
  return parseViews(room, readCookie(viewsCookie(room)));
}

/** Writes the cookie and reads it back, since a browser may refuse it silently. */
function keep(room: ViewsRoom, views: readonly SavedView[]): SavedView[] | null {
  const text = writeViews(views);
  if (text === null) return null;
  document.cookie = cookieText(room, viewsCookie(room), views.length > 0 ? text : '');
  const kept = stored(room);
  return kept.length === views.length ? kept : null;
}
