const ID = '[0-9a-f]{8}-[0-9a-f-]{27}';

/** Rooms and records: what shows what is there. Steps of a change are none: a preview is made when its page is opened. */
const PAGES = new RegExp(
  `^/(?:persons|persons/${ID}|routes|routes/health|routes/coverage|routes/tests|routes/${ID}/${ID}|keys|keys/${ID}|activity|activity/[\\w-]+|status|account)?$`,
);

/** What a page costs in calls to Omni, where it is asked for after a rest already, and how long the rest is; milliseconds. */
const RESTED: readonly { page: RegExp; calls: number; after: number }[] = [
  { page: /^\/(?:keys|activity|status)$/, calls: 1, after: 80 },
  { page: new RegExp(`^/persons/${ID}$`), calls: 5, after: 150 },
];

/** Whether a page is asked for as soon as its link is pressed. `address`: a path with its query. */
export function isAskedAhead(address: string): boolean {
  const [path = '', query = ''] = address.split('?', 2);
  return PAGES.test(path) && !/(?:^|&)(?:undo|preview|again)\b/.test(query);
}

/** After which rest on its link a page is asked for, and what that costs; null for a page that waits until the link is pressed. */
export function restOf(address: string): { calls: number; after: number } | null {
  if (!isAskedAhead(address)) return null;
  return RESTED.find(({ page }) => page.test(address.split('?', 1)[0] ?? '')) ?? null;
}
