import type { Page } from '@playwright/test';

/** Data, and what repeats by its nature: the rows of a list, moments, what somebody wrote, code, what a field holds. */
const DATA =
  'tbody, li:has(input[type=checkbox]), time, bdi, code, kbd, pre, option, [role=option], textarea, svg, [contenteditable]';

/**
 * What `main` shows as text, one string for each box of a page: a paragraph, a label, a button. Data are left out, and so is
 * what only a screen reader has.
 */
export function textsOf(page: Page): Promise<string[]> {
  return page.evaluate((data) => {
    const main = document.querySelector('main') ?? document.body;
    const shown = (one: Element) => {
      const { width, height } = one.getBoundingClientRect();
      return width > 1 && height > 1 && one.checkVisibility({ visibilityProperty: true, opacityProperty: true });
    };
    const boxOf = (one: Element): Element =>
      one.parentElement && getComputedStyle(one).display.startsWith('inline') ? boxOf(one.parentElement) : one;
    const boxes = new Map<Element, string>();
    const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const { parentElement: holder, textContent } = walker.currentNode;
      if (!holder || !textContent?.trim() || holder.closest(data) || !shown(holder)) continue;
      const box = boxOf(holder);
      boxes.set(box, `${boxes.get(box) ?? ''} ${textContent}`);
    }
    return [...boxes.values()].map((text) => text.replaceAll(/\s+/g, ' ').trim());
  }, DATA);
}

/** The words of a text, in small letters, without digits and signs. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+(?:['’-]\p{L}+)*/gu) ?? [];
}

/** Every word of a file of messages: what a page shows besides is data. */
export function vocabularyOf(messages: unknown): Set<string> {
  if (typeof messages === 'string') return new Set(wordsOf(messages));
  return new Set(Object.values(messages ?? {}).flatMap((one) => [...vocabularyOf(one)]));
}

/** Fewer known words than these are a label, not a sentence. */
const SENTENCE = 6;

/** What a sentence says, signs apart: with other figures it says something else. */
function saidBy(text: string): string {
  return (
    text
      .toLowerCase()
      .match(/[\p{L}\d]+/gu)
      ?.join(' ') ?? ''
  );
}

/** The sentences that stand more than once among the texts of a page. */
export function repeatedIn(texts: readonly string[], vocabulary: ReadonlySet<string>): string[] {
  const sentences = texts
    .flatMap((text) => text.split(/(?<=[.?])\s+/))
    .filter((text) => wordsOf(text).filter((word) => vocabulary.has(word)).length >= SENTENCE);
  return [...Map.groupBy(sentences, saidBy).values()].flatMap(([first = '', ...others]) =>
    others.length > 0 ? [first] : [],
  );
}
