/** The most routes of one operation; fewer to delete, since the entry keeps all of each deleted route. */
export const MOST_CHANGED = 500;
export const MOST_DELETED = 200;
