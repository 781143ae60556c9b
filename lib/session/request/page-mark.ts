/**
 * The mark of a page: the session it was made for (`Session.actor`, a server and a keyed hash), while the cookies hold the
 * session the browser has now. It is the name of the header that scripts send, of the `meta` element that holds it, and of the
 * query parameter on links to files, which cannot send a header.
 */
export const PAGE_MARK = 'x-console-page';

/** The address that a link to a file is redirected to when its page belongs to another session. */
export const OTHER_SESSION = '/other-session';
