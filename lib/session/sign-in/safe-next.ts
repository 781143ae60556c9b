const HOME = '/';
const LONGEST = 2_000;
const BASE = 'http://console.invalid';

// oxlint-disable-next-line no-control-regex
const NEVER = /[\u0000-\u001F\u007F-\u009F\\]/;

/** Addresses that are no target after a sign-in: the sign-in itself, and data. */
const NOT_BACK = /^\/(login|recover|api|_next)(\/|$)/;

/** The target after a sign-in: a path of ours with its query, else Home, which every key can use. */
export function safeNext(wanted: string | null | undefined): string {
  if (!wanted || wanted.length > LONGEST || !/^\/(?!\/)/.test(wanted) || NEVER.test(wanted)) return HOME;
  const url = URL.parse(wanted, BASE);
  if (!url || url.origin !== BASE || url.username || url.password) return HOME;
  // "/.//host" is normalised to "//host", which a browser reads as another site.
  if (url.pathname.startsWith('//') || NOT_BACK.test(url.pathname)) return HOME;
  return url.pathname + url.search + url.hash;
}
