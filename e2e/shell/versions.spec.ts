import type { BrowserContext, Page } from '@playwright/test';
import type { Control } from '../../sandbox/wire/control/control-client.ts';
import { startConsole, type RunningConsole } from '../../scripts/servers/console.ts';
import { anotherBuild } from '../fixtures/servers/another-build.ts';
import { makePeople } from '../fixtures/people.ts';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { endPage, keyForm } from '../pom/keys/keys.ts';
import { mergePage } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';
import { routeEditor, routeTest } from '../pom/routes/route-editor.ts';
import { signInPage } from '../pom/session/sign-in.ts';

const KEY = '99999990-0000-4000-8000-000000000012';
const TYPED = 'Escrito antes da versão nova';

type Form = {
  path: string;
  field: (page: Page) => ReturnType<Page['getByLabel']>;
  /** What opens the field first. */
  opens?: (page: Page) => Promise<void>;
  /** Sends it; without it, a further letter is sent by itself. */
  send?: (page: Page) => Promise<void>;
  nobody?: true;
};

/** Every page with a text that somebody types, and how it is sent. */
async function forms(omni: Control): Promise<Record<string, Form>> {
  const [ana, bia, rui] = await makePeople(omni, { identities: 2 }, {}, {});
  const [route] = await omni.sql(
    'SELECT id, instance_id, chat_id FROM agent_routes WHERE chat_id IS NOT NULL ORDER BY id LIMIT 1',
  );
  if (!ana || !bia || !rui || !route) throw new Error('nobody');
  const chat = { instance: String(route.instance_id), chat: String(route.chat_id) };
  return {
    'sign-in': {
      path: '/login',
      nobody: true,
      field: signInPage.yourName,
      send: (page) => signInPage.signIn(page, `omni_sk_${'v'.repeat(32)}`),
    },
    'persons.edit': {
      path: personPage.path(ana.id),
      opens: (page) => page.getByRole('button', { name: 'Edit Name' }).click(),
      field: (page) => page.getByRole('textbox', { name: 'Name' }),
      send: (page) => page.getByRole('button', { name: 'Save' }).click(),
    },
    'persons.merge': { path: mergePage.path(ana.id, bia.id), field: (page) => page.getByLabel('Reason') },
    'persons.merge-many': {
      path: `/persons/merge-many?ids=${ana.id},${bia.id},${rui.id}`,
      field: (page) => page.getByLabel('Reason'),
    },
    'persons.unlink': {
      path: `/persons/unlink?person=${ana.id}&identity=${ana.identities[0]}`,
      field: (page) => page.getByLabel('Name of the new person'),
    },
    'routes.edit': {
      path: routeEditor.path(chat.instance, String(route.id)),
      field: (page) => page.getByRole('textbox', { name: 'Label' }),
    },
    'saved tests': {
      path: routeTest.path(chat),
      field: (page) => page.getByRole('textbox', { name: 'Name' }),
      send: (page) => routeTest.save(page).click(),
    },
    'keys.create': {
      path: keyForm.path,
      field: keyForm.name,
      opens: (page) => keyForm.level(page, 'people', 'Read').check(),
    },
    'keys.revoke': { path: endPage.revokePath(KEY), field: endPage.details },
  };
}

async function typedOn(context: BrowserContext, { path, field, opens }: Form): Promise<Page> {
  const page = await context.newPage();
  page.on('dialog', (dialog) => void dialog.accept());
  await openAlive(page, path);
  await opens?.(page);
  await field(page).fill(TYPED);
  return page;
}

test.beforeEach(({ watched }) => watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/));

for (const actions of ['same', 'other'] as const)
  test(`versions: tabs of the build before, with ${actions} action ids, say so and lose nothing that was typed`, async ({
    beside,
    browser,
    sandbox,
    omni,
  }) => {
    const next = anotherBuild(actions);
    let upgraded: RunningConsole | undefined;
    try {
      await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
        const { forgeCookies, closeStores } = await import('../fixtures/forge.ts');
        const options = { baseURL: web.origin, locale: 'en-US' };
        const [signedIn, nobody] = [await browser.newContext(options), await browser.newContext(options)];
        await signedIn.addCookies(await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo' }));
        await closeStores();
        const tabs: [name: string, form: Form, page: Page][] = [];
        for (const [name, form] of Object.entries(await forms(omni)))
          tabs.push([name, form, await typedOn(form.nobody ? nobody : signedIn, form)]);
        await omni.clearCalls();

        await web.stop();
        upgraded = await startConsole({
          servers: `Demo=${sandbox.url}`,
          server: next.server,
          port: web.port,
          storeFile: web.env.STORE_FILE ?? '',
          secrets: { session: web.env.SESSION_PASSWORDS ?? '', store: web.env.STORE_KEYS ?? '' },
        });

        for (const [name, { field, send }, page] of tabs) {
          let typed = TYPED;
          if (send) await send(page);
          else {
            typed += '!';
            await field(page).press('End');
            await field(page).pressSequentially('!');
          }
          await expect(page.getByText('A new version is running').first(), name).toBeVisible();
          await expect(page.getByText('Reload; what you typed is kept.').first(), name).toBeVisible();
          const stored = await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }));
          expect(stored, name).not.toContain('omni_sk_');
          await page.reload();
          await expect(field(page), name).toHaveValue(typed);
          // What the reload brought is the new build: it takes what was typed.
          await expect(page.getByText('A new version is running')).toHaveCount(0);
        }
        const writes = (await omni.calls()).items.filter(({ method }) => method !== 'GET');
        // Checking a key and asking after a provider change nothing, although they are POSTs.
        expect(writes.filter(({ path }) => !/\/(validate|health)$/.test(path))).toEqual([]);
        await Promise.all([signedIn.close(), nobody.close()]);
      });
    } finally {
      await upgraded?.stop();
      next.remove();
    }
  });

test('versions: a recovery code, a key and a typed confirmation are in no draft', async ({ page, open, omni }) => {
  const [ana, bia] = await makePeople(omni, {}, {});
  await open(mergePage.path(String(ana?.id), String(bia?.id)));
  await page.getByLabel('Reason').fill('duplicada');
  const typed = page.getByLabel(/^Type “/);
  await expect(mergePage.merge(page)).toBeVisible();
  if ((await typed.count()) > 0) await typed.fill('só para confirmar');
  const kept = await page.evaluate(() => JSON.stringify({ ...sessionStorage }));
  expect(kept).toContain('duplicada');
  expect(kept).not.toContain('só para confirmar');
  await page.reload();
  await expect(page.getByLabel('Reason')).toHaveValue('duplicada');
});
