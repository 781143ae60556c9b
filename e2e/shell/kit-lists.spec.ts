import type { Locator, Page } from '@playwright/test';
import { axe } from '../a11y/axe.ts';
import { fits } from '../a11y/measures.ts';
import { kitLists } from '../pom/kit.ts';
import { expect, test } from '../fixtures/test.ts';

const LIST = 'A list';
const list = (page: Page) => kitLists.part(page, LIST);
const link = (page: Page, at: number) => kitLists.rows(page, LIST).nth(at).getByRole('link');
const selection = (page: Page): Locator => list(page).getByRole('region', { name: 'Selection' });

test('kit, a list: one Tab stop enters it; arrows, j, k, Home and End move; x and Shift select; Escape clears', async ({
  page,
  open,
}) => {
  await open(kitLists.path);
  const rows = kitLists.rows(page, LIST);
  await expect(rows).toHaveCount(7);
  await link(page, 0).focus();
  await page.keyboard.press('ArrowDown');
  await expect(link(page, 1)).toBeFocused();
  await page.keyboard.press('j');
  await expect(link(page, 2)).toBeFocused();
  await page.keyboard.press('k');
  await page.keyboard.press('ArrowUp');
  await expect(link(page, 0)).toBeFocused();
  await page.keyboard.press('End');
  await expect(link(page, 6)).toBeFocused();
  await page.keyboard.press('Home');
  await expect(link(page, 0)).toBeFocused();
  await page.keyboard.press('x');
  await expect(selection(page)).toContainText('1 of 7 selected');
  await page.keyboard.press('Shift+ArrowDown');
  await expect(selection(page)).toContainText('2 of 7 selected');
  await page.keyboard.press('Escape');
  await expect(selection(page)).toBeHidden();
  await page.keyboard.press('ControlOrMeta+a');
  await expect(selection(page)).toContainText('7 of 7 selected');
  await page.keyboard.press('Escape');
  // The next stop is beyond the rows, and the way back leads to the row one left.
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  expect(await page.evaluate(() => document.activeElement?.closest('[data-id]') === null)).toBe(true);
  await page.keyboard.press('Shift+Tab');
  await expect(link(page, 2)).toBeFocused();
});

test('kit, a list: a range by Shift-click; a row’s menu by keyboard alone, and back to its button', async ({
  page,
  open,
}) => {
  await open(kitLists.path);
  const rows = kitLists.rows(page, LIST);
  await rows.nth(0).getByRole('checkbox').click();
  await rows
    .nth(3)
    .getByRole('checkbox')
    .click({ modifiers: ['Shift'] });
  await expect(selection(page)).toContainText('4 of 7 selected');
  await selection(page).getByRole('button', { name: 'Clear' }).click();
  await link(page, 1).focus();
  await page.keyboard.press('ArrowRight');
  await expect(rows.nth(1).getByRole('button', { name: /^Actions for/ })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('menuitem', { name: 'Open' })).toBeFocused();
  await page.keyboard.press('End');
  await expect(page.getByRole('menuitem', { name: 'Delete' })).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(rows.nth(1).getByRole('button', { name: /^Actions for/ })).toBeFocused();
});

test('kit, the filter bar: by keyboard alone a value is found, set as a chip, changed and taken off; a head orders', async ({
  page,
  open,
}) => {
  await open(kitLists.path);
  const part = list(page);
  const chips = part.getByRole('list', { name: 'Filters in effect' });
  await expect(chips.getByRole('listitem')).toHaveText(['Kind: Plain']);
  await part.getByRole('button', { name: 'Filter', exact: true }).press('Enter');
  await expect(page.getByRole('combobox', { name: 'Find a filter or value' })).toBeFocused();
  await page.keyboard.type('marked');
  await expect(page.getByRole('option')).toHaveText(['Kind: Marked']);
  await axe(page, '[popover]:popover-open');
  await page.keyboard.press('Enter');
  await expect(chips.getByRole('listitem')).toHaveText(['Kind: Marked']);
  await expect(part.getByRole('status').first()).toHaveText('3 of 12');
  await chips.getByRole('button', { name: 'Kind: Marked' }).press('Enter');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
  await expect(chips.getByRole('listitem')).toHaveText(['Kind: Faded']);
  await chips.getByRole('button', { name: 'Remove filter Kind' }).press('Enter');
  await expect(kitLists.rows(page, LIST)).toHaveCount(12);
  const head = part.getByRole('columnheader', { name: 'Name' });
  await expect(head).toHaveAttribute('aria-sort', 'ascending');
  await head.getByRole('link').press('Enter');
  await expect(head).toHaveAttribute('aria-sort', 'descending');
});

test('kit, 2,000 rows: every one is in the page and found by the browser; what is cut is whole on focus', async ({
  page,
  open,
}) => {
  await open(kitLists.path);
  const many = kitLists.part(page, 'A list of 2,000 rows');
  await many.getByRole('button', { name: 'Remove filter Kind' }).click();
  await expect(many.getByRole('row')).toHaveCount(2001);
  expect(
    await page.evaluate(() => (globalThis as unknown as { find: (text: string) => boolean }).find('Linha 1999')),
  ).toBe(true);
  const long = kitLists.rows(page, LIST).filter({ hasText: 'Maria Antonieta' }).first();
  await long.getByRole('link').focus();
  await page.keyboard.press('ArrowDown');
  await expect(long.getByRole('link')).not.toBeFocused();
  await page.keyboard.press('ArrowUp');
  await expect(long.getByRole('link')).toBeFocused();
  await expect(page.getByRole('tooltip')).toContainText('Pereira da Conceição');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('tooltip')).toBeHidden();
});

for (const colorScheme of ['light', 'dark'] as const)
  test.describe(`kit, ${colorScheme}`, () => {
    test.use({ colorScheme });

    test('lists in every state: WCAG 2.2 AA, and never wider than the window', async ({ page, open }) => {
      await open(kitLists.path);
      for (const name of [
        'Loading',
        'Nothing here yet',
        'Nothing matches',
        'Couldn’t load the rows',
        'Needs persons:read',
      ])
        await expect(kitLists.part(page, name)).toBeVisible();
      await axe(page);
      for (const width of [320, 360, 768, 1024, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        await fits(page);
      }
    });
  });

test.describe('kit on a phone', () => {
  test.use({ viewport: { width: 360, height: 760 } });

  test('filters stand behind one button that counts them; a card has two lines and its menu', async ({
    page,
    open,
  }) => {
    await open(kitLists.path);
    const part = list(page);
    await expect(part.getByRole('list', { name: 'Filters in effect' })).toBeHidden();
    await part.getByRole('button', { name: 'Filters 1' }).press('Enter');
    await expect(part.getByRole('list', { name: 'Filters in effect' })).toBeVisible();
    await axe(page, '[popover]:popover-open');
    await page.keyboard.press('Escape');
    const card = kitLists.rows(page, LIST).first();
    const heights = await kitLists.rows(page, LIST).evaluateAll((rows) => rows.map((row) => row.clientHeight));
    expect(Math.max(...heights)).toBeLessThanOrEqual(60);
    await expect(card.getByRole('button', { name: /^Actions for/ })).toBeVisible();
  });
});
