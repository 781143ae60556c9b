import { test } from './fixtures.ts';
import { PLACES } from './a11y/places.ts';
const pick = (process.env.SHOTS ?? 'people').split('|');
for (const [scheme, locale, width] of [
  ['light', 'en-US', 1440],
  ['dark', 'pt-BR', 360],
  ['light', 'pt-BR', 320],
] as const) {
  test.describe(`${scheme}${width}`, () => {
    test.use({ colorScheme: scheme, locale, viewport: { width, height: width === 320 ? 256 : 900 } });
    for (const name of pick) {
      test(name, async ({ page, open, omni }) => {
        const { at } = PLACES[name]!;
        await open(typeof at === 'string' ? at : await at(omni));
        await page.screenshot({
          path: `/tmp/shots/${name.replaceAll(/[^a-z]/g, '-')}-${scheme}-${width}.png`,
          fullPage: width !== 320,
        });
      });
    }
  });
}
