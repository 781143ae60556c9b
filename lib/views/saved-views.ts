import { z } from 'zod';
import { LONGEST_NAME, viewQuery, type ViewsRoom } from './view-query.ts';

/** A saved filter of a list: the name is the user's, the query is made by `viewQuery`, without personal data. */
export type SavedView = { name: string; query: string };

const MOST_VIEWS = 12;
/** Bytes of a cookie of views: browsers take about 4,000 for a cookie, servers about 16,000 for all of them. */
const LONGEST_COOKIE = 1500;

const name = z
  .string()
  .transform((text) => text.replaceAll(/[\p{C}\s]+/gu, ' ').trim())
  .pipe(z.string().min(1).max(LONGEST_NAME));

const stored = z.array(z.unknown()).max(100);
const view = z.tuple([name, z.string().max(300)]);

/** The views of a cookie's decoded text. Invalid, empty and duplicate ones are ignored; never throws. */
export function parseViews(room: ViewsRoom, text: string | undefined): SavedView[] {
  const all = new Map<string, SavedView>();
  for (const each of listOf(text)) {
    const parsed = view.safeParse(each);
    if (!parsed.success) continue;
    const [called, raw] = parsed.data;
    const query = viewQuery(room, new URLSearchParams(raw));
    if (query && !all.has(called)) all.set(called, { name: called, query });
  }
  return [...all.values()].slice(0, MOST_VIEWS);
}

function listOf(text: string | undefined): unknown[] {
  if (!text || text.length > LONGEST_COOKIE) return [];
  try {
    return stored.catch([]).parse(JSON.parse(text));
  } catch {
    return [];
  }
}

/** The text of a cookie, URI-encoded; null when it is too long for a cookie. */
export function writeViews(views: readonly SavedView[]): string | null {
  if (views.length > MOST_VIEWS) return null;
  const text = encodeURIComponent(JSON.stringify(views.map((each) => [each.name, each.query])));
  return text.length > LONGEST_COOKIE ? null : text;
}

/** The views with one more, which replaces one of the same name; null for a name or filter that can't be kept. */
export function withView(room: ViewsRoom, views: readonly SavedView[], view: SavedView): SavedView[] | null {
  const [parsed] = parseViews(room, JSON.stringify([[view.name, view.query]]));
  if (!parsed) return null;
  return [...views.filter((each) => each.name !== parsed.name), parsed];
}
