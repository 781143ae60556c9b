/**
 * What a switch has just made of a route. `since`: when the route was changed last by the page that stood there then, to the second;
 * `undone`: the change was undone, so that a page read between change and undo may still come.
 */
export type KnownActive = { active: boolean; since: string; undone: boolean };

/** What is still known once a page says this of the route; null where the page is newer, so that it is believed. */
export function nextKnown(known: KnownActive, page: { active: boolean; updatedAt: string }): KnownActive | null {
  if (page.updatedAt === known.since) return known;
  if (!known.undone || page.active === known.active) return null;
  return { active: known.active, since: page.updatedAt, undone: false };
}
