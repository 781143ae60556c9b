import { PAGE_MARK } from '#lib/session/page-mark.ts';

/**
 * From now on whatever this page sends says whose page it is: actions, lookups and what the router loads alike. Read anew
 * each time, since a page may be rendered for another session while it stands.
 */
export function markRequests(): void {
  const send = window.fetch;
  window.fetch = (input, init) => {
    const mark = document.querySelector<HTMLMetaElement>(`meta[name="${PAGE_MARK}"]`)?.content;
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!mark || url.origin !== location.origin) return send(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set(PAGE_MARK, mark);
    return send(input, { ...init, headers });
  };
}
