import { expect, type Page } from '@playwright/test';

/**
 * Something one could use: a link, a button, a field. `locked`: it is disabled, and its description says why. `file`: a link
 * that says whose page it stands on.
 */
export type PageControl = { name: string; href: string | null; button: boolean; locked: boolean; file: boolean };

/** Late parts wait outside of `main`, hidden, for a script to put them in. */
const BELOW_MAIN = 'main, body > div[hidden]';

/**
 * What the part of a page below its `main`, or below `within`, offers: of its HTML as the server sent it; without HTML, as it
 * stands now.
 */
export function controlsOf(page: Page, html?: string, within = BELOW_MAIN): Promise<PageControl[]> {
  const read = ({ text, selector }: { text: string | undefined; selector: string }) => {
    const from = text === undefined ? document : new DOMParser().parseFromString(text, 'text/html');
    const places = from.querySelectorAll(selector);
    const used = [...places].flatMap((place) => [
      ...place.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea'),
    ]);
    const textOf = (ids: string | null) =>
      (ids ?? '')
        .split(' ')
        .map((id) => from.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
    // A menu has no room for descriptions: there the reason stands in the entry itself, below what it does.
    const hasReason = (one: Element) =>
      one.matches('[role=menuitem]') && Boolean(one.querySelector('span > span')?.textContent?.trim());
    return [...new Set(used)].map((one) => {
      const label = one.id ? from.querySelector(`label[for="${one.id}"]`) : null;
      const name =
        one.getAttribute('aria-label') ??
        (textOf(one.getAttribute('aria-labelledby')) ||
          (one.matches('a, button') ? one.textContent : (label ?? one.closest('label'))?.textContent)) ??
        '';
      const off = one.hasAttribute('disabled') || one.getAttribute('aria-disabled') === 'true';
      return {
        name: name.replaceAll(/\s+/g, ' ').trim(),
        href: one.getAttribute('href'),
        button: one.matches('button'),
        file: one.hasAttribute('data-file'),
        locked: off && (textOf(one.getAttribute('aria-describedby')) !== '' || hasReason(one)),
      };
    });
  };
  return page.evaluate(read, { text: html, selector: within });
}

/** Waits until nothing on the page is still to come; what only shows how that looks stays. */
export async function whole(page: Page): Promise<void> {
  const loading = page.locator('main [role=status]:not([data-example] *)').filter({ hasText: 'Loading' });
  await expect(loading).toHaveCount(0);
  await expect(page.locator('main .skeleton:not([data-example] *)')).toHaveCount(0);
}
