import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { palette } from '../pom/palette.ts';
import { personPage } from '../pom/persons.ts';

test('palette: Enter before the answer opens the first result once it is there, unless something else was typed since', async ({
  page,
  open,
  omni,
}) => {
  const word = `pressa${crypto.randomUUID().replaceAll(/[^a-f]/g, '')}`;
  const [ana] = await makePeople(omni, { name: `Ana ${word}` });
  let answer = Promise.withResolvers<void>();
  await page.route('**/api/lookup/persons?*', async (route) => {
    await answer.promise;
    await route.continue().catch(() => undefined);
  });
  await open('/status');
  await palette.open(page);
  await palette.field(page).fill(`ana ${word}`);
  await page.keyboard.press('Enter');
  await palette.field(page).fill(word);
  answer.resolve();
  await expect(palette.active(page)).toContainText(`Ana ${word}`);
  await expect(palette.dialog(page)).toBeVisible();
  answer = Promise.withResolvers<void>();
  const asked = page.waitForRequest(/api\/lookup\/persons\?q=ana/);
  await palette.field(page).fill(`ana ${word}`);
  await page.keyboard.press('Enter');
  await asked;
  answer.resolve();
  await expect(page).toHaveURL(personPage.path(ana?.id ?? ''));
});
