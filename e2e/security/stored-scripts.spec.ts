import { expect, openAlive, test } from '../fixtures.ts';
import { builtPaths } from './hostile.ts';

const PERSON = 'dddddd07-0000-4000-8000-000000000007';

const PAYLOADS = [
  `<script>window.__ran = 'script'</script>`,
  `<img src=x onerror="window.__ran='img'">`,
  `"><svg onload=window.__ran='svg'>`,
  `'-window.__ran='quote'-'`,
  `</script><script>window.__ran='close'</script>`,
  `javascript:window.__ran='url'`,
  `data:text/html,<script>parent.__ran='data'</script>`,
  `{{constructor.constructor('window.__ran=1')()}}`,
  `<iframe srcdoc="<script>parent.__ran='frame'</script>">`,
  `]]><!--<style onload=window.__ran='style'>`,
];

/** Every free text Omni keeps, by table. */
const FIELDS: Record<string, string[]> = {
  persons: ['display_name', 'primary_email', 'avatar_url'],
  platform_identities: ['platform_username', 'profile_pic_url', 'link_reason'],
  agents: ['name', 'model'],
  agent_providers: ['description'],
  instances: ['profile_name', 'profile_bio', 'agent_ack_message'],
  chats: ['name', 'description', 'avatar_url', 'last_message_preview'],
  chat_participants: ['display_name', 'avatar_url'],
  omni_events: ['text_content', 'transcription', 'error_message'],
  agent_routes: ['label', 'agent_ack_message'],
  access_rules: ['reason', 'block_message'],
  api_keys: ['description', 'revoke_reason', 'revoked_by', 'created_by'],
  api_key_audit_logs: ['path', 'user_agent'],
  config_audit_logs: ['api_key_name', 'actor', 'path', 'target_type'],
  automations: ['name', 'description'],
};

const PLAIN = '__primary__';

test('what is stored in Omni stays text on every page', async ({ page, context, web, omni }) => {
  test.setTimeout(240_000);
  let fields = 0;
  const counted = (column: string) =>
    `CASE rowid % ${PAYLOADS.length} ${PAYLOADS.map((text, at) => `WHEN ${at} THEN '${text.replaceAll("'", "''")}'`).join(' ')} END || ' ' || coalesce(${column}, '')`;
  try {
    for (const [table, columns] of Object.entries(FIELDS))
      for (const column of columns) {
        await omni.write(`UPDATE ${table} SET ${column} = ${counted(column)}`);
        fields += 1;
      }
    await omni.write(`UPDATE persons SET metadata = ?`, [
      JSON.stringify({ [PAYLOADS[0] ?? '']: PAYLOADS[1], deep: { list: PAYLOADS } }),
    ]);
    await omni.write(`UPDATE api_keys SET name = name || ? WHERE name <> '${PLAIN}'`, [PAYLOADS[1] ?? '']);
    await context.addInitScript(() => {
      for (const name of ['alert', 'confirm', 'prompt'] as const)
        Object.defineProperty(window, name, { value: () => Object.assign(window, { __ran: name }) });
    });
    const ids = {
      persons: PERSON,
      keys: '99999990-0000-4000-8000-000000000002',
      routes: (await omni.sql<{ id: string }>('SELECT id FROM agent_routes LIMIT 1'))[0]?.id ?? '1',
    };
    const paths = builtPaths('page', ids).filter((path) => path !== '/' && !path.startsWith('/login'));
    const asked = [...paths, '/persons?q=script', '/persons?q=onerror', `/persons/merge?stays=${PERSON}`];
    for (const path of asked) {
      await openAlive(page, web.origin + path);
      await expect(page.getByRole('main')).toBeVisible();
      expect(await page.evaluate(() => Reflect.get(window, '__ran') ?? null), path).toBeNull();
      const hrefs = await page.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href')));
      expect(
        hrefs.filter((href) => /^\s*(javascript|data|vbscript):/i.test(href ?? '')),
        path,
      ).toEqual([]);
    }
    await openAlive(page, `${web.origin}/persons/${PERSON}`);
    await expect(page.getByRole('main')).toContainText('window.__ran');
    console.log(
      `stored scripts: ${fields} fields of ${Object.keys(FIELDS).length} tables, ${asked.length} pages, none ran`,
    );
  } finally {
    await omni.reset({ persons: 500, seed: 1 });
  }
});

test('a name that is a formula stays text in the exported table', async ({ page, context, web, sandbox }) => {
  const { forgeCookies } = await import('../forge.ts');
  await context.clearCookies();
  await context.addCookies(
    await forgeCookies(web, {
      key: sandbox.keys.admin,
      server: 'Demo',
      yourName: '=HYPERLINK("http://evil.example","click")',
    }),
  );
  await openAlive(page, `${web.origin}/persons/${PERSON}`);
  await page.getByRole('button', { name: 'Edit Name' }).click();
  await page.getByRole('textbox', { name: 'Name' }).fill('@SUM(1+1)*cmd|calc');
  await page.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('button', { name: 'Undo' })).toBeVisible();
  const table = await (await page.request.get('/activity/export')).text();
  const cells = table.split(/\r?\n|[;,]/).map((cell) => cell.replaceAll(/^"+/g, ''));
  expect(table).toContain('HYPERLINK');
  expect(cells.filter((cell) => /^[=+@\t\r]|^-[^\d]/.test(cell))).toEqual([]);
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByText('Taken back', { exact: true })).toBeVisible();
});
