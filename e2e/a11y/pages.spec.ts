import { expect, test } from '../fixtures/test.ts';
import { whole } from '../security/controls.ts';
import { axe } from './axe.ts';
import { fits, focusInSight, targets } from './measures.ts';
import { PAGES } from './page-list.ts';
import en from '#messages/en.json' with { type: 'json' };
import ptBR from '#messages/pt-BR.json' with { type: 'json' };
import { repeatedIn, textsOf, vocabularyOf } from '../words/page-words.ts';

const PHONE = { width: 360, height: 760 };
const DESK = { width: 1440, height: 900 };
/** A tablet, held either way. */
const TABLET = [
  { width: 768, height: 1024 },
  { width: 1024, height: 768 },
];
/** 1280 by 1024 at 400 %. */
const ZOOMED = { width: 320, height: 256 };

const LOOKS = (['light', 'dark'] as const).flatMap((colorScheme) =>
  (['en-US', 'pt-BR'] as const).flatMap((locale) =>
    [PHONE, DESK].map((viewport) => ({ colorScheme, locale, viewport })),
  ),
);

const VOCABULARY = vocabularyOf([en, ptBR]);

/** Four of the eight looks that cover every pair of theme, language and width. */
const PAIRWISE = [0, 3, 5, 6];

/** The looks a page is tested in: all of them in soak, else one of the four by turns. */
function looksOf(index: number): number[] {
  if (process.env.SOAK) return LOOKS.map((_, at) => at);
  return [PAIRWISE[index % PAIRWISE.length] ?? 0];
}

for (const [at, look] of LOOKS.entries()) {
  const { colorScheme, locale, viewport } = look;
  test.describe(`${colorScheme}, ${locale}, ${viewport.width} px`, () => {
    test.use({ colorScheme, locale, viewport });

    for (const [index, [name, { at: path, as, sticks }]] of Object.entries(PAGES).entries()) {
      if (!looksOf(index).includes(at)) continue;
      test.describe(as ?? 'signed in', () => {
        test.use(as ? { as } : {});

        test(`page ${name}: WCAG 2.2 AA as far as a machine can tell, and no sentence twice`, async ({
          page,
          open,
          omni,
        }) => {
          await open(typeof path === 'string' ? path : await path(omni));
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await whole(page);
          // The kit shows each state of a list beside the others.
          if (!name.startsWith('the kit')) expect(repeatedIn(await textsOf(page), VOCABULARY)).toEqual([]);
          await axe(page);
          await fits(page);
          // The same visit on a tablet, on a phone, and zoomed in: nothing but the window changes.
          for (const tablet of TABLET) {
            await page.setViewportSize(tablet);
            await fits(page);
          }
          await page.setViewportSize(PHONE);
          await fits(page);
          await targets(page);
          if (sticks) await focusInSight(page);
          await page.setViewportSize(ZOOMED);
          await fits(page);
          if (sticks || process.env.SOAK) expect(await focusInSight(page)).toBeGreaterThan(0);
        });
      });
    }
  });
}
