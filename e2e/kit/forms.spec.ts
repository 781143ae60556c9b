import { axe } from '../a11y/axe.ts';
import { tabTo } from '../fixtures/keyboard.ts';
import { expect, test } from '../fixtures/test.ts';
import { kitForms } from '../pom/kit.ts';
import { picker } from '../pom/picker.ts';

test('kit of forms: every part passes axe, in both themes', async ({ page, open }) => {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await open(kitForms.path);
    await axe(page);
  }
});

test('kit of forms: filled in and sent with the keyboard alone', async ({ page, open }) => {
  await open(kitForms.path);
  await tabTo(page, 'Text', 'textbox');
  await page.keyboard.type('words');
  await tabTo(page, 'Select', 'combobox');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, /^Switch/, 'switch');
  await page.keyboard.press('Space');
  await tabTo(page, 'week', 'radio');
  await page.keyboard.press('ArrowRight');
  await tabTo(page, /^The first/, 'radio');
  await page.keyboard.press('ArrowDown');
  await tabTo(page, 'Phone', 'textbox');
  await page.keyboard.type('11 98765-4321');
  await expect(page.getByText('Will be stored as (11) 98765-4321')).toBeVisible();
  await axe(page);
  await page.keyboard.press('Enter');
  await expect(kitForms.sent(page)).toContainText(
    '"text":"words","choice":"c","on":false,"segment":"month","card":"two"',
  );
});

for (const [locale, typed, shown, missing, problem] of [
  ['en-US', '12312027', '12/31/2027 11:59 PM', '03/14/2027 02:30', 'Clocks are set forward over this time'],
  ['pt-BR', '31122027', '31/12/2027 23:59', '14/03/2027 02:30', 'O relógio adianta e pula essa hora'],
] as const) {
  test.describe(`in ${locale}, in New York`, () => {
    test.use({ locale, timezoneId: 'America/New_York' });

    test('kit of forms: a moment is typed as digits, by arrows, and an hour that doesn’t exist is told', async ({
      page,
      open,
    }) => {
      await open(kitForms.path);
      // The zone is known to the server from the second page on.
      await open(kitForms.path);
      const moment = kitForms.moment(page);
      await moment.fill(typed);
      await moment.press('Tab');
      await expect(moment).toHaveValue(shown);
      await expect(moment).toHaveAccessibleDescription(/2027/);
      await moment.press('Home');
      await moment.press('ArrowUp');
      await expect(moment).not.toHaveValue(shown);
      await moment.press('ArrowDown');
      await moment.fill(missing);
      await moment.press('Tab');
      await expect(page.getByText(problem)).toBeVisible();
      await expect(moment).toHaveValue(missing);
      await axe(page);
    });
  });
}

test('kit of forms: a moment past the latest is told at the field', async ({ page, open }) => {
  await open(kitForms.path);
  await kitForms.moment(page).fill('12/31/9999 23:59');
  await kitForms.moment(page).press('Tab');
  await expect(page.getByText(/^Too far: at most/)).toBeVisible();
});

test('kit of forms: a refused field has the focus and says why; what no field can be blamed for is told above', async ({
  page,
  open,
}) => {
  await open(kitForms.path);
  const refused = kitForms.part(page, 'Refused');
  await refused.getByRole('button', { name: 'Send' }).click();
  const first = refused.getByRole('textbox', { name: 'First' });
  await expect(first).toBeFocused();
  await expect(first).toHaveAccessibleDescription('Enter a value.');
  await expect(refused.getByRole('textbox', { name: 'Second' })).toHaveAccessibleDescription(/^Enter a value\. Both/);
  await axe(page);
  await first.fill('x');
  await first.press('Enter');
  await expect(refused.getByRole('alert')).toContainText('console');
});

test('kit of forms: leaving with changes asks; what was typed is there again after a reload', async ({
  page,
  open,
}) => {
  await open(kitForms.path);
  const text = page.getByRole('textbox', { name: 'Text' });
  await text.fill('not saved');
  const questions: string[] = [];
  page.on('dialog', (dialog) => {
    questions.push(dialog.message());
    void (dialog.type() === 'beforeunload' ? dialog.accept() : dialog.dismiss());
  });
  await page.getByRole('link', { name: 'Status' }).click();
  await expect.poll(() => questions).toEqual(['You have unsaved changes. Leave this page?']);
  await expect(page).toHaveURL(new RegExp(`${kitForms.path}$`));
  await page.reload();
  await expect(text).toHaveValue('not saved');
  await text.fill('');
  await page.getByRole('link', { name: 'Status' }).click();
  await expect(page).toHaveURL(/\/status$/);
  expect(questions.filter((question) => question.includes('unsaved'))).toHaveLength(1);
});

test('kit of forms, picker: opens with a list, moves, wraps, scrolls, takes and closes by the keyboard', async ({
  page,
  open,
}) => {
  await open(kitForms.path);
  const field = picker.field(page, 'One of hundred');
  await field.focus();
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await page.keyboard.press('ArrowDown');
  await expect(field).toHaveAttribute('aria-expanded', 'true');
  await expect(picker.options(page)).toHaveCount(100);
  await expect(kitForms.part(page, 'Pickers').getByRole('status').filter({ hasText: '100 found' })).toBeAttached();
  await page.keyboard.press('ArrowUp');
  await expect.poll(() => picker.active(page, 'One of hundred')).toBe('Number 99');
  await expect(picker.option(page, 'Number 99')).toBeInViewport();
  await axe(page);
  await page.keyboard.press('ArrowDown');
  await expect.poll(() => picker.active(page, 'One of hundred')).toBe('Number 0');
  await page.keyboard.press('PageDown');
  await expect.poll(() => picker.active(page, 'One of hundred')).toBe('Number 8');
  await page.keyboard.press('Escape');
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await expect(field).toHaveValue('');
  await page.keyboard.type('number 42');
  await expect(picker.options(page)).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(field).toHaveValue('Number 42');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Tab');
  await expect(field).toHaveAttribute('aria-expanded', 'false');
  await expect(field).toHaveValue('Number 42');
});

test('kit of forms, picker: people, agents, instances, chats and keys by name; the list turns up at the window’s edge', async ({
  page,
  open,
}) => {
  await open(kitForms.path);
  for (const name of ['Person', 'Agent', 'Instance', 'Chat', 'API keys']) {
    await picker.field(page, name).click();
    await expect(picker.options(page).first()).toBeVisible();
    await page.keyboard.press('Escape');
  }
  await picker.field(page, 'Person').fill('joao silva');
  await picker
    .option(page, /^João Silva/)
    .first()
    .click();
  await expect(picker.field(page, 'Person')).toHaveValue('João Silva');
  await page.getByRole('button', { name: 'Clear Person' }).click();
  await expect(picker.field(page, 'Person')).toHaveValue('');
  await page.setViewportSize({ width: 360, height: 500 });
  const field = picker.field(page, 'One of hundred');
  await field.evaluate((element) => element.scrollIntoView({ block: 'end' }));
  await field.click();
  await expect(picker.options(page).first()).toBeInViewport();
  const [list, box] = await Promise.all([picker.options(page).first().boundingBox(), field.boundingBox()]);
  expect(list?.y).toBeLessThan(box?.y ?? 0);
});

test('kit of forms: in production it is not there unless asked for', async ({
  beside,
  page,
  sandbox,
  context,
  watched,
}) => {
  watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/);
  await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
    const { forgeCookies } = await import('../fixtures/forge.ts');
    await context.addCookies(await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo' }));
    const answer = await page.goto(`${web.origin}${kitForms.path}`);
    expect(answer?.status()).toBe(404);
  });
});
