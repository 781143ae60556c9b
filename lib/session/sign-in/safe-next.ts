const HOME = '/';
/** The page after a sign-in without a target: most users come to find a person. */
const LANDING = '/persons';
const LONGEST = 2_000;
const BASE = 'http://console.invalid';

// oxlint-disable-next-line no-control-regex
const NEVER = /[\u0000-\u001F\u007F-\u009F\\]/;

/** Addresses that are no target after a sign-in: the sign-in itself, and data. */
const NOT_BACK = /^\/(login|recover|api|_next)(\/|$)/;

/** The target after a sign-in: a path of ours with its query, `/` for everything else. */
export function safeNext(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > LONGEST || !/^\/(?!\/)/.test(wanted) || NEVER.test(wanted)) return HOME;
  const url = URL.parse(wanted, BASE);
  if (!url || url.origin !== BASE || url.username || url.password) return HOME;
  // "/.//host" is normalised to "//host", which a browser reads as another site.
  if (url.pathname.startsWith('//') || NOT_BACK.test(url.pathname)) return HOME;
  return url.pathname + url.search + url.hash;
}

/** The page after a sign-in: the wanted one, else the list of people. */
export function landing(wanted: string | null | undefined): string {
  const next = safeNext(wanted);
  return next === HOME && wanted !== HOME ? LANDING : next;
}
