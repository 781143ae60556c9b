import { MESSAGE_FILES } from '#lib/i18n/locales.ts';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';

/** The events by which a link is followed or its target saved. */
const FOLLOWED = ['click', 'auxclick', 'contextmenu'] as const;

/** The mark of this page, read each time, since the page may be rendered again for another session. */
const pageMark = () => document.querySelector<HTMLMetaElement>(`meta[name="${PAGE_MARK}"]`)?.content;

/** Adds the page's mark to everything this page sends: actions, lookups, router requests and links to files. */
export function markRequests(): void {
  const send = window.fetch;
  window.fetch = (input, init) => {
    const mark = pageMark();
    const url = new URL(input instanceof Request ? input.url : input, location.href);
    // Messages are no session's; the header would keep the browser from taking those it has loaded ahead.
    if (!mark || url.origin !== location.origin || url.pathname.startsWith(`${MESSAGE_FILES}/`))
      return send(input, init);
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

/** The address of a file with the page's mark. */
export function markedFile(href: string): string {
  const [mark, url] = [pageMark(), new URL(href, location.href)];
  if (mark) url.searchParams.set(PAGE_MARK, mark);
  return url.pathname + url.search;
}
