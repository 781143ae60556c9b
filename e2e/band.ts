import type { Page } from '@playwright/test';

/** The colour of what lies across the top of a page from edge to edge, and how high it is; nothing where nothing does. */
export function bandOf(page: Page): Promise<{ colour: string; height: number } | null> {
  return page.evaluate(() => {
    for (const one of document.body.querySelectorAll('[aria-hidden]')) {
      const { position, backgroundColor: colour } = getComputedStyle(one);
      const { top, left, width, height } = one.getBoundingClientRect();
      if (position === 'fixed' && top === 0 && left === 0 && width === innerWidth) return { colour, height };
    }
    return null;
  });
}
