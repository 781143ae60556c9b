/**
 * What every request of a console page's script carries: whose page it is (`Session.actor`, a server and a keyed hash).
 * The cookies say who the browser is now; the mark says for whom the page was made. The name of the header, and of the
 * `meta` element that holds it, and of the parameter by which a link to a file says it: a link sends no header of ours.
 */
export const PAGE_MARK = 'x-console-page';

/** Where a link to a file leads instead, that stands on a page of another session than the browser has now. */
export const OTHER_SESSION = '/other-session';
