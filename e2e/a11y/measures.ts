import { expect, type Page } from '@playwright/test';

/** No page is wider than the window, whatever it holds (WCAG 1.4.10), once what scripts measure has followed the window. */
export async function fits(page: Page): Promise<void> {
  const over = () =>
    page.evaluate(async () => {
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      return document.documentElement.scrollWidth - document.documentElement.clientWidth;
    });
  await expect.poll(over, 'wider than the window by').toBeLessThanOrEqual(0);
}

/**
 * What can be pressed measures 24 by 24 pixels, or nothing else is within a circle of that size (WCAG 2.5.8). Links within a
 * sentence are exempt; a label counts with its control, and a row with the link that covers it.
 */
export async function targets(page: Page): Promise<void> {
  const small = await page.evaluate(() => {
    const pressable = 'a[href], button, input, select, textarea, summary, [role=button], [role=switch], [tabindex="0"]';
    const all = [...document.querySelectorAll<HTMLElement>(pressable)]
      .filter(
        (element) => element.checkVisibility({ visibilityProperty: true }) && !element.closest('.sr-only, [inert]'),
      )
      .map((element) => {
        const whole = element instanceof HTMLInputElement ? (element.closest('label') ?? element) : element;
        const spread = getComputedStyle(element, '::after');
        const covers = spread.content !== 'none' && spread.position === 'absolute';
        const place = covers ? (element.offsetParent ?? whole) : whole;
        return { element, box: place.getBoundingClientRect() };
      })
      .filter(({ box }) => box.width > 1 && box.height > 1);
    const inSentence = (element: HTMLElement) =>
      getComputedStyle(element).display === 'inline' &&
      (element.parentElement?.textContent ?? '').trim().length > (element.textContent ?? '').trim().length;
    const near = (one: DOMRect, other: DOMRect) => {
      const [x, y] = [one.x + one.width / 2, one.y + one.height / 2];
      const dx = Math.max(other.left - x, 0, x - other.right);
      const dy = Math.max(other.top - y, 0, y - other.bottom);
      return Math.hypot(dx, dy) < 12;
    };
    return all
      .filter(({ element, box }) => Math.min(box.width, box.height) < 23.5 && !inSentence(element))
      .filter(({ element, box }) =>
        all.some(
          ({ element: other, box: beside }) =>
            other !== element && !other.contains(element) && !element.contains(other) && near(box, beside),
        ),
      )
      .map(
        ({ element, box }) => `${Math.round(box.width)}×${Math.round(box.height)} ${element.outerHTML.slice(0, 160)}`,
      );
  });
  expect(small, 'targets under 24 by 24 pixels').toEqual([]);
}

/**
 * Tabs through the page; whatever has the focus can be seen, at least a part of it (WCAG 2.4.11). Ends where the focus leaves
 * the page or after `most` stops, and answers how many there were.
 */
export async function focusInSight(page: Page, most = 60): Promise<number> {
  const hidden: string[] = [];
  let stops = 0;
  await page.evaluate(() => {
    scrollTo(0, 0);
    // From the page's beginning: after a plain blur a browser goes on from where the focus was, which may be the page's end.
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute('tabindex');
  });
  for (; stops < most; stops += 1) {
    await page.keyboard.press('Tab');
    const seen = await page.evaluate(async () => {
      // What has the focus is scrolled into sight a frame later.
      await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
      const element = document.activeElement;
      if (!element || element === document.body) return null;
      const whole = (element instanceof HTMLInputElement && element.closest('label')) || element;
      const box = whole.getBoundingClientRect();
      const steps = [0.1, 0.3, 0.5, 0.7, 0.9];
      const shown = steps.some((across) =>
        steps.some((down) => {
          const hit = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
          return hit !== null && (whole.contains(hit) || hit.contains(whole)) && hit !== document.body;
        }),
      );
      return shown ? '' : element.outerHTML.slice(0, 200);
    });
    if (seen === null) break;
    if (seen) hidden.push(seen);
  }
  expect(hidden, 'focused and not to be seen').toEqual([]);
  return stops;
}
