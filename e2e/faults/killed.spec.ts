import type { Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { withMortalConsole } from '../fixtures/servers/mortal-console.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';

async function rename(page: Page, omni: Control, id: string, name: string): Promise<void> {
  await openAlive(page, personPage.path(id));
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill(name);
  await page.keyboard.press('Enter');
  await expect.poll(() => patches(omni, id)).toBe(1);
}

async function patches(omni: Control, id: string): Promise<number> {
  const { items } = await omni.calls();
  return items.filter(({ method, path }) => method === 'PATCH' && path.endsWith(id)).length;
}

const nameOf = async (omni: Control, id: string) =>
  (await omni.sql<{ name: string }>('SELECT display_name AS name FROM persons WHERE id = ?', [id]))[0]?.name;

async function openEntry(page: Page): Promise<void> {
  await openAlive(page, '/activity');
  await page
    .getByRole('main')
    .getByRole('link', { name: /^Edit / })
    .first()
    .click();
  await page.waitForURL(/\/activity\/[0-9a-f-]{36}$/);
}

for (const when of process.env.SOAK ? (['before', 'after'] as const) : (['before'] as const)) {
  test(`killed while Omni holds a write ${when} its work: the entry is there, and Finish finds that it happened`, async ({
    browser,
    sandbox,
    omni,
  }) => {
    const [id = ''] = (await omni.rows({ persons: [{ displayName: `Antes ${when}` }] })).persons ?? [];
    const name = `Depois ${when}`;
    await omni.fault({ kind: 'hold', method: 'PATCH', path: id, when });
    await withMortalConsole(browser, sandbox, async ({ page, start, end, lapse }) => {
      await rename(page, omni, id, name);
      expect(await end('SIGKILL')).toBe('SIGKILL');
      await omni.clearFaults();
      await expect.poll(() => nameOf(omni, id)).toBe(name);
      await lapse();
      await start();
      await openEntry(page);
      const resume = operation.left(page);
      await expect(async () => {
        await page.reload();
        await expect(resume).toBeVisible({ timeout: 5000 });
      }).toPass();
      await resume.click();
      await operation.finish(page).click();
      await expect(operation.done(page).first()).toBeVisible();
      expect([await nameOf(omni, id), await patches(omni, id)]).toEqual([name, 1]);
    });
  });
}

test('persons.edit: told to stop while Omni holds the answer, the console ends what it began, and the entry is done', async ({
  browser,
  sandbox,
  omni,
}) => {
  const [id = ''] = (await omni.rows({ persons: [{ displayName: 'Antes do fim' }] })).persons ?? [];
  await omni.fault({ kind: 'latency', ms: 1500, method: 'PATCH', path: id, when: 'after' });
  await withMortalConsole(browser, sandbox, async ({ page, start, end }) => {
    await rename(page, omni, id, 'Depois do fim');
    await end('SIGTERM');
    await start();
    await openEntry(page);
    await expect(operation.done(page).first()).toBeVisible();
    expect([await nameOf(omni, id), await patches(omni, id)]).toEqual(['Depois do fim', 1]);
  });
});
