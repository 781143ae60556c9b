import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { Page } from '@playwright/test';
import { makePeople } from '../fixtures/people.ts';
import { expect, test } from '../fixtures/test.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { palette } from '../pom/palette.ts';
import { personPage, personsPage } from '../pom/persons.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';

/** Two people merged by the console's pages, and somebody else: the id that is gone, who is kept, and the other. */
async function mergedPair(page: Page, open: (path: string) => Promise<unknown>, omni: Control) {
  const [gone, kept, other] = await makePeople(omni, { name: 'Lia Antiga' }, { name: 'Lia Antiga' }, {});
  if (!gone || !kept || !other) throw new Error('nobody');
  await open(mergePage.path(kept.id, gone.id));
  await mergePage.merge(page).click();
  await expect(operation.done(page)).toBeVisible();
  return { gone: gone.id, kept: kept.id, other: other.id };
}

test('old ids: every page that takes a person leads to whom they were merged into, and says so', async ({
  page,
  open,
  omni,
}) => {
  const { gone, kept, other } = await mergedPair(page, open, omni);
  const notice = page.getByRole('status').filter({ hasText: 'Merged into Lia Antiga' });
  for (const [path, today] of [
    [personPage.path(gone), new RegExp(`/persons/${kept}\\?was=${gone}`)],
    [`/persons/merge?into=${gone}&from=${other}`, new RegExp(`into=${kept}&from=${other}`)],
    [`/persons/merge-many?ids=${gone},${other}`, new RegExp(`/persons/merge\\?into=.*${kept}`)],
    [`/persons/link?from=${gone}`, new RegExp(`from=${kept}`)],
    [`/persons/unlink?person=${gone}&identity=${other}`, new RegExp(`/persons/${kept}\\?unlink=`)],
    [`/routes/test?instance=${WHATSAPP}&person=${gone}`, new RegExp(`person=${kept}`)],
    [`/routes/new?instance=${WHATSAPP}&person=${gone}`, new RegExp(`person=${kept}`)],
  ] as const) {
    await open(path);
    await expect(page).toHaveURL(today);
    await expect(notice).toBeVisible();
    await expect(notice.getByRole('link', { name: 'Undo' })).toHaveAttribute('href', /\/activity\//);
  }
  await expect(notice.getByRole('link', { name: 'Open' })).toHaveAttribute('href', `/persons/${kept}`);
});

test('people search and palette: a pasted id finds its person, an old one whom they were merged into', async ({
  page,
  open,
  omni,
}) => {
  const { gone, kept, other } = await mergedPair(page, open, omni);
  await open(personsPage.path);
  await personsPage.search(page).fill(other);
  await expect(personsPage.rows(page)).toHaveCount(1);
  await personsPage.search(page).fill(gone);
  await expect(personsPage.rows(page).getByRole('link').first()).toHaveAttribute('href', `/persons/${kept}`);
  await expect(personsPage.rows(page)).toContainText('former ID');
  await page.keyboard.press('Control+k');
  await page.keyboard.insertText(gone);
  await expect(palette.option(page, /Lia Antiga/)).toBeVisible();
});
