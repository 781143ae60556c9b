/**
 * What every request of a console page's script carries: whose page it is (`Session.actor`, a server and a keyed hash).
 * The cookies say who the browser is now; the mark says for whom the page was made. The name of the header, and of the
 * `meta` element that holds it.
 */
export const PAGE_MARK = 'x-console-page';
