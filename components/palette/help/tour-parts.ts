/** The parts of the tour (`docs/tour.*.md`) in their order, by the ids of their headings. */
export const TOUR_PARTS = ['find', 'edit', 'merge', 'undo', 'routes', 'keys', 'locked'] as const;

type TourPart = (typeof TOUR_PARTS)[number];

/** Which part a page belongs to: the first pattern that its path fits. */
const PARTS_OF_PAGES: readonly (readonly [RegExp, TourPart])[] = [
  [/^\/persons\/(merge|merge-many|duplicates|link|unlink)$/, 'merge'],
  [/^\/persons\/[^/]+$/, 'edit'],
  [/^\/persons$/, 'find'],
  [/^\/routes(\/|$)/, 'routes'],
  [/^\/keys(\/|$)/, 'keys'],
  [/^\/activity(\/|$)/, 'undo'],
];

/** The part of the tour about the page at a path; null for a page it says nothing of. */
export function tourPartOf(path: string): TourPart | null {
  return PARTS_OF_PAGES.find(([pattern]) => pattern.test(path))?.[1] ?? null;
}
