import { expect, type Page } from '@playwright/test';

/**
 * Something one could use: a link, a button, a field. `locked`: it is disabled, and its description says why. `file`: a link
 * that says whose page it stands on.
 */
export type PageControl = { name: string; href: string | null; button: boolean; locked: boolean; file: boolean };

/** What the part of a page below its `main` offers, of its HTML as the server sent it; without HTML, as it stands now. */
export function controlsOf(page: Page, html?: string): Promise<PageControl[]> {
  return page.evaluate((text) => {
    const from = text === undefined ? document : new DOMParser().parseFromString(text, 'text/html');
    // Late parts wait outside of `main`, hidden, for a script to put them in.
    const places = from.querySelectorAll('main, body > div[hidden]');
    const used = [...places].flatMap((place) => [
      ...place.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea'),
    ]);
    const textOf = (ids: string | null) =>
      (ids ?? '')
        .split(' ')
        .map((id) => from.getElementById(id)?.textContent ?? '')
        .join(' ')
        .trim();
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
        locked: off && textOf(one.getAttribute('aria-describedby')) !== '',
      };
    });
  }, html);
}

/** Waits until nothing on the page is still to come; what only shows how that looks stays. */
export async function whole(page: Page): Promise<void> {
  await expect(page.locator('main .skeleton:not([data-example] *)')).toHaveCount(0);
}
