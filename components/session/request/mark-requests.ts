import { PAGE_MARK } from '#lib/session/request/page-mark.ts';

/** Ways to follow a link, or to save what is behind it. */
const FOLLOWED = ['click', 'auxclick', 'contextmenu'] as const;

/** Whose page this is. Read anew each time, since a page may be rendered for another session while it stands. */
const pageMark = () => document.querySelector<HTMLMetaElement>(`meta[name="${PAGE_MARK}"]`)?.content;

/** From now on whatever this page sends says whose page it is: actions, lookups, what the router loads, links to files. */
export function markRequests(): void {
  const send = window.fetch;
  window.fetch = (input, init) => {
    const mark = pageMark();
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    if (!mark || url.origin !== location.origin) return send(input, init);
    const headers = new Headers(init?.headers ?? (input instanceof Request ? input.headers : undefined));
    headers.set(PAGE_MARK, mark);
    return send(input, { ...init, headers });
  };
  for (const way of FOLLOWED)
    document.addEventListener(
      way,
      ({ target }) => {
        const link = target instanceof Element ? target.closest<HTMLAnchorElement>('a[data-file]') : null;
        if (link) link.href = markedFile(link.href);
      },
      { capture: true },
    );
}

/** The address of a file with whose page asks for it. */
export function markedFile(href: string): string {
  const [mark, url] = [pageMark(), new URL(href, location.href)];
  if (mark) url.searchParams.set(PAGE_MARK, mark);
  return url.pathname + url.search;
}
