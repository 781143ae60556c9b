import { readFileSync } from 'node:fs';
import { callRows } from '#lib/keys/testing/calls.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { axe } from '../a11y/axe.ts';
import { expect, test } from '../fixtures/test.ts';
import { dropKeys, ownKey } from '../fixtures/keys-bed.ts';
import { keyForm, keyPage, keysPage } from '../pom/keys/keys.ts';
import { operation } from '../pom/operations.ts';
import { rotatePage } from '../pom/keys/rotation.ts';
import { listTools } from '../pom/list-tools.ts';

test.afterEach(({ omni }) => dropKeys(omni));

test.describe('/keys on a phone', () => {
  test.use({ viewport: { width: 360, height: 740 } });

  test('the list keeps its labels, and can be sorted', async ({ page, open }) => {
    await open('/keys');
    const card = keysPage.rows(page).filter({ hasText: 'chatbot-site' });
    await expect(card.getByText('Last use', { exact: true })).toBeVisible();
    await expect(card).toContainText(/Last use .*ago/);
    const heads = keysPage.table(page).getByRole('columnheader');
    await expect(heads.filter({ hasText: 'Last use' })).toHaveCount(1);
    expect(await card.getByRole('cell').count()).toBe(await heads.count());
    await listTools.fold(page).click();
    await listTools.order(page).selectOption('Expires first');
    await expect(page).toHaveURL(/sort=expires/);
  });
});

test.describe('/keys/new in Portuguese', () => {
  test.use({ locale: 'pt-BR', timezoneId: 'America/Sao_Paulo' });

  test('the sentence is one, in the time of the place, which the field names', async ({ page, open }) => {
    await open('/keys/new');
    await page.getByRole('textbox', { name: 'Nome' }).fill('Suporte');
    await keyForm.preset(page, 'Suporte').check();
    await page.getByRole('button', { name: '30 dias' }).click();
    await expect(keyForm.sentence(page)).toHaveText(
      /^“Suporte”: Leitura e escrita: pessoas, rotas · Leitura: .* Instâncias: todas\. Expira: .* às 23:59\.$/,
    );
    await expect(page.getByText(/Fuso horário: Horário Padrão de Brasília/)).toBeVisible();
  });
});

test.describe('/keys when Omni fails', () => {
  test('the list says so and offers to try again', async ({ page, open, omni }) => {
    await omni.fault({ kind: 'status', status: 503, method: 'GET', path: '/keys$', times: null });
    await open('/keys');
    await expect(page.getByRole('main').getByRole('alert')).toContainText('Omni is not available');
  });
});

/** A key that read people, and may do three things besides. */
async function readerOfPeople(omni: Control): Promise<string> {
  const scopes = ['persons:read', 'persons:write', 'routes:read', 'keys:read'];
  const id = await ownKey(omni, {
    name: 'crm-worker',
    scopes,
    usageCount: 90,
    lastUsedAt: 1000 * (Date.now() - 60_000),
    expiresAt: 1000 * (Date.now() + 40 * 86_400_000),
  });
  const calls = callRows(id, 40, { every: 7_200_000 });
  await omni.rows({
    api_key_audit_logs: calls.map((call) => ({ ...call, method: 'GET', path: '/api/v2/persons', statusCode: 200 })),
  });
  return id;
}

test('/keys/[id]: it says what its requests needed, and removes the rest after a review', async ({
  page,
  open,
  omni,
}) => {
  const id = await readerOfPeople(omni);
  await open(keyPage.path(id));
  await expect(keyPage.permissions(page)).toContainText('1 of 4 permissions used in 40 requests since');
  await expect(keyPage.requests(page)).toContainText('One bar per day');
  await expect(keyPage.requests(page)).toContainText('All 40 requests on record');
  await expect(keyPage.integrations(page)).toContainText('203.0.113.7');
  await expect(keyPage.integrations(page)).not.toContainText('newest');
  await expect(keyPage.history(page)).toContainText('No changes yet.');
  await axe(page);
  await keyPage.removeUnused(page, 3).click();
  await expect(page).toHaveURL(/unused=/);
  const dialog = page.getByRole('dialog');
  await expect(dialog).toContainText('None of the 40 requests on record');
  await expect(dialog).toContainText('keys:read');
  await axe(page);
  await dialog.getByRole('button', { name: 'Remove 3 unused permissions' }).click();
  await expect(operation.done(page)).toBeVisible();
  const [row] = await omni.sql('SELECT scopes FROM api_keys WHERE id = ?', [id]);
  expect(row?.scopes).toBe('["persons:read"]');
  await page.keyboard.press('Escape');
  await expect(keyPage.permissions(page)).toContainText('1 of 1 permission used');
  await expect(keyPage.history(page)).toContainText('crm-worker');
});

test('/keys/[id]: its expiry is saved as a calendar file', async ({ page, open, omni }) => {
  const id = await readerOfPeople(omni);
  await open(keyPage.path(id));
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    keyPage.facts(page).getByRole('button', { name: 'Add to calendar' }).click(),
  ]);
  expect(file.suggestedFilename()).toMatch(/\.ics$/);
  const text = readFileSync(await file.path(), 'utf8').replaceAll('\r\n ', '');
  expect(text).toContain('SUMMARY:API key “crm-worker” expires');
  expect(text).toContain(`/keys/rotate?key=${id}`);
});

test('/keys/[id]: where its requests can’t be read, the rest is there and nothing is called unused', async ({
  page,
  open,
  omni,
}) => {
  const id = await readerOfPeople(omni);
  await omni.fault({ kind: 'status', status: 500, method: 'GET', path: '/audit$', times: null });
  await open(keyPage.path(id));
  await expect(keyPage.permissions(page)).toContainText('Couldn’t load the requests: Omni answered 500');
  await expect(keyPage.integrations(page)).toContainText('Couldn’t load the requests');
  await expect(keyPage.facts(page)).toContainText('Add to calendar');
  await expect(keyPage.history(page)).toContainText('No changes in this console.');
  await expect(page.getByRole('link', { name: /^Remove \d/ })).toHaveCount(0);
});

test('/keys: a name that turns the writing direction turns no sentence, title or row around', async ({
  page,
  open,
  omni,
}) => {
  const id = await ownKey(omni, { name: 'crm\u202eseõçamrofni', scopes: ['persons:read'] });
  await open('/keys?q=crm');
  await expect(page.getByRole('link', { name: 'crmseõçamrofni' })).toBeVisible();
  await open(keyPage.path(id));
  await expect(keyPage.heading(page)).toHaveText('crmseõçamrofni');
  for (const path of ['edit', 'revoke', 'leaked', 'audit']) {
    await open(`${keyPage.path(id)}/${path}`);
    await expect(keyPage.heading(page)).toContainText('crmseõçamrofni');
    expect(await page.getByRole('main').innerText()).not.toContain('\u202e');
  }
  await open(rotatePage.path(id));
  await expect(rotatePage.create(page)).toBeVisible();
  expect(await page.getByRole('main').innerText()).not.toContain('\u202e');
});

for (const width of [360, 768, 1024, 1280, 1440, 1680]) {
  for (const locale of ['en-US', 'pt-BR']) {
    test.describe(`keys at ${width} px in ${locale}`, () => {
      test.use({ viewport: { width, height: 900 }, locale });

      test('/keys/[id] and /audit: nothing is wider than the window, and no head or cell lies over another', async ({
        page,
        open,
        omni,
      }) => {
        const id = await readerOfPeople(omni);
        const long = callRows(id, 30).map((call) => ({
          ...call,
          path: `/api/v2/instances/${id}/guilds/${id}/config`,
          ipAddress: '2001:0db8:85a3:0000:0000:8a2e:0370:7334',
          userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0',
          responseTimeMs: 123_456,
        }));
        await omni.rows({ api_key_audit_logs: long });
        for (const path of [keyPage.path(id), `${keyPage.path(id)}/audit`]) {
          await open(path);
          await expect(page.getByRole('img').first()).toBeVisible();
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
          expect(wide).toBeLessThanOrEqual(0);
        }
        // Heads and cells of one line stand beside each other.
        const over = await page.evaluate(() =>
          [...document.querySelectorAll('tr')].flatMap((row) => {
            const boxes = [...row.querySelectorAll('th, td')]
              .filter((cell) => cell.checkVisibility() && getComputedStyle(row).flexWrap !== 'wrap')
              .map((cell) => ({ cell, box: cell.getBoundingClientRect() }))
              .filter(({ box }) => box.width > 1);
            return boxes.flatMap(({ cell, box }, index) => {
              const next = boxes[index + 1];
              const spills = cell.scrollWidth > cell.clientWidth + 1 && getComputedStyle(cell).overflowX === 'visible';
              return (next && next.box.left < box.right - 1) || spills ? [cell.textContent] : [];
            });
          }),
        );
        expect(over).toEqual([]);
        // What is cut in its middle is drawn in the line it stands in, not between two.
        const beside = await page.evaluate(() =>
          [...document.querySelectorAll('.middle-cut')]
            .filter((cut) => cut.checkVisibility())
            .map((cut) => [cut, cut.parentElement].map((one) => Math.round(one?.getBoundingClientRect().top ?? 0)))
            .filter(([cut = 0, line = 0]) => cut !== line && Math.abs(cut - line) < 20),
        );
        expect(beside).toEqual([]);
        if (width >= 768) {
          const narrowest = await page.evaluate(() =>
            Math.min(...[...document.querySelectorAll('td[data-column="path"]')].map((cell) => cell.clientWidth)),
          );
          expect(narrowest).toBeGreaterThanOrEqual(120);
        }
      });
    });
  }
}
