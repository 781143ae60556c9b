import { test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { openAlive } from '../fixtures/test.ts';
import { mergePage, operation } from '../pom/operations.ts';
import { personPage } from '../pom/persons.ts';
import type { Page } from '@playwright/test';
import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';

const CARLOS = 'dddddd20-0000-4000-8000-000000000020';
const CADU = 'dddddd21-0000-4000-8000-000000000021';
const LOOKS = [
  { name: 'en-light', locale: 'en-US', width: 1440, scheme: 'light' },
  { name: 'pt-dark', locale: 'pt-BR', width: 1440, scheme: 'dark' },
  { name: 'pt-360', locale: 'pt-BR', width: 360, scheme: 'light' },
  { name: 'en-360-dark', locale: 'en-US', width: 360, scheme: 'dark' },
] as const;

test('shots', async ({ page, context, browser, web, omni, open }) => {
  const [ana, bia] = await makePeople(omni, { identities: 1 }, { name: 'Beatriz Destino', identities: 1 });
  if (!ana || !bia) throw new Error('nobody');
  await omni.write('UPDATE platform_identities SET message_count = 115 WHERE person_id = ?', [ana.id]);
  const shot = async (
    name: string,
    path: string,
    ready: (page: Page, pt: boolean) => Promise<unknown>,
    looks: readonly { name: string; locale: string; width: number; scheme: string; zone?: string }[] = LOOKS,
  ) => {
    for (const look of looks) {
      const other = await browser.newContext({
        baseURL: web.origin,
        locale: look.locale,
        timezoneId: look.zone ?? 'America/Sao_Paulo',
        colorScheme: look.scheme as 'light',
        viewport: { width: look.width, height: 1000 },
        storageState: await context.storageState(),
        reducedMotion: 'reduce',
      });
      const cookies = (await other.cookies()).filter(({ name: one }) => ['locale', 'tz'].includes(one));
      for (const { name: one } of cookies) await other.clearCookies({ name: one });
      const there = await other.newPage();
      await openAlive(there, path);
      await ready(there, look.locale === 'pt-BR').catch((error: unknown) =>
        console.log(name, look.name, String(error).slice(0, 300)),
      );
      await there.screenshot({ path: `/tmp/shots/${name}-${look.name}.png`, fullPage: true });
      await other.close();
    }
  };
  const soon = { timeout: 15_000 };
  await shot('merge', mergePage.path(CARLOS, CADU), (p, pt) =>
    p
      .getByRole('button', { name: pt ? /^Mesclar em / : /^Merge into / })
      .first()
      .waitFor(soon),
  );
  await shot('link-last', `/persons/link?from=${ana.id}&identity=${ana.identities[0]}&to=${bia.id}`, (p, pt) =>
    p
      .getByRole('button', { name: pt ? /^Vincular a Bea/ : /^Link to Bea/ })
      .first()
      .waitFor(soon),
  );
  await shot('unlink-last', personPage.path(ana.id), async (p, pt) => {
    await p
      .getByRole('button', { name: pt ? /Mais|Ações/ : /More|Actions/ })
      .nth(1)
      .click(soon)
      .catch(() => undefined);
    await personPage
      .identityMenu(p)
      .click({ timeout: 4000 })
      .catch(() => undefined);
    await p.getByRole('menuitem', { name: pt ? 'Desvincular…' : 'Unlink…' }).click(soon);
    await p
      .getByRole('dialog')
      .getByText(pt ? 'não pode ser' : 'can’t be')
      .first()
      .waitFor(soon);
  });
  const { expiring } = DEMO_KEYS;
  const zones = ['Asia/Kolkata', 'Pacific/Auckland', 'America/Sao_Paulo'].flatMap((zone) => [
    { name: `en-${zone.split('/')[1]}`, locale: 'en-US', width: 1440, scheme: 'light', zone },
    { name: `pt-${zone.split('/')[1]}`, locale: 'pt-BR', width: 360, scheme: 'dark', zone },
  ]);
  await shot(
    'key-edit',
    `/keys/${expiring.id}/edit`,
    async (p, pt) => {
      await p
        .getByRole('radio', { name: pt ? /Nunca/ : /Never/ })
        .first()
        .check({ timeout: 5000 })
        .catch(() => undefined);
      await p
        .getByLabel(pt ? /Expira/ : /Expires/)
        .first()
        .selectOption({ index: 0 }, { timeout: 2000 })
        .catch(() => undefined);
      await p
        .getByLabel(pt ? 'Nome' : 'Name')
        .first()
        .fill('Outra');
      await p
        .getByRole('button', { name: pt ? /Revisar/ : /Review/ })
        .first()
        .click(soon);
      await p.getByText('→').first().waitFor(soon);
    },
    zones,
  );
  await open(mergePage.path(CARLOS, CADU));
  await mergePage.merge(page).first().waitFor();
  if (await operation.typed(page).count()) {
    const label =
      (await page
        .getByText(/Type “/)
        .first()
        .textContent()) ?? '';
    await operation.typed(page).fill(/“(.*)”/.exec(label)?.[1] ?? '');
  }
  await mergePage.merge(page).first().click();
  await operation.done(page).waitFor();
  await page.reload();
  await page.waitForURL(/\/activity\//);
  const entry = new URL(page.url()).pathname;
  await shot('merge-receipt', entry, async (p, pt) =>
    p
      .getByRole('button', { name: pt ? 'Desfazer' : 'Undo', exact: true })
      .first()
      .waitFor(soon),
  );
  await shot('merge-undo', entry, async (p, pt) => {
    await p
      .getByRole('button', { name: pt ? 'Desfazer' : 'Undo', exact: true })
      .first()
      .click(soon);
    await p
      .getByRole('button', { name: pt ? 'Desfazer esta alteração' : 'Undo this change' })
      .first()
      .waitFor(soon);
  });
});
