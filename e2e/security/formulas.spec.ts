import { DEMO_KEYS } from '../../sandbox/resources/keys/keys-demo.ts';
import { expect, test } from '../fixtures/test.ts';
import { makePeople } from '../fixtures/people.ts';
import { signedIn } from './signed-in.ts';

/** What makes a spreadsheet take a cell for a formula, or lets one begin in the next. */
const STARTS = [
  '=',
  '+',
  '-',
  '@',
  '\t',
  '\r',
  '\n',
  '=HYPERLINK("http://evil.example")',
  '@SUM(1+1)*cmd|calc',
  '\t=1',
  'x,=1',
  'x;@SUM(1)',
  'x,-1+cmd|calc',
];

/** A phone's groups of digits, which a spreadsheet keeps as text. */
const PHONE = /^\+\d{1,4}(?: \d+)+$/;

/** Free text of Omni's that some file holds. */
const FIELDS: Record<string, readonly string[]> = {
  persons: ['display_name', 'primary_email'],
  platform_identities: ['platform_username'],
  agents: ['name'],
  instances: ['name'],
  chats: ['name'],
  omni_events: ['text_content'],
  agent_routes: ['label'],
  api_keys: ['description', 'created_by'],
  api_key_audit_logs: ['path', 'user_agent'],
};

const text = (value: string) => `'${value.replaceAll("'", "''")}'`;
const started = (column: string) =>
  `CASE rowid % ${STARTS.length} ${STARTS.map((start, at) => `WHEN ${at} THEN ${text(start)}`).join(' ')} END || coalesce(${column}, 'x')`;

/** The cells of a file, as a spreadsheet reads it that parts them at any of these. */
function cellsOf(file: string, separators = ',;'): string[] {
  const cells: string[] = [];
  let [cell, quoted] = ['', false];
  for (let at = file.startsWith('\uFEFF') ? 1 : 0; at < file.length; at += 1) {
    const one = file[at] ?? '';
    if (quoted && one === '"' && file[at + 1] === '"') {
      cell += '"';
      at += 1;
    } else if (one === '"' && (quoted || cell === '')) quoted = !quoted;
    else if (!quoted && (separators.includes(one) || one === '\n' || one === '\r')) {
      cells.push(cell);
      cell = '';
    } else cell += one;
  }
  return [...cells, cell];
}

test('CSV exports: a file is read as spreadsheets read it', () => {
  expect(cellsOf('\uFEFFa,"b ""c"", d"\r\n"=x\ny",')).toEqual(['a', 'b "c", d', '', '=x\ny', '']);
});

test('CSV exports: no cell of any file begins as a formula does', async ({ web, omni, sandbox }) => {
  // Which start a row gets hangs on its number: what other specs made would change it.
  await omni.reset({ persons: 500, seed: 1 });
  try {
    const people = await makePeople(
      omni,
      { name: '=1+1 fica', phone: '+5511900000011', email: '@a@example.com' },
      { name: '@SUM(1)', phone: '+5511900000012', handle: '=cmd@s.whatsapp.net' },
    );
    const [survivor, duplicate] = people.map(({ id }) => id);
    const key = DEMO_KEYS.leaked.id;
    for (const [table, columns] of Object.entries(FIELDS))
      for (const column of columns) await omni.write(`UPDATE ${table} SET ${column} = ${started(column)}`);
    // Within a title this begins a line, and a cell where another separator is read.
    await omni.write(`UPDATE persons SET display_name = char(13) || '=1+1 fica' WHERE id = ?`, [String(survivor)]);
    await omni.write(`UPDATE api_keys SET name = '=' || name WHERE name NOT IN ('__primary__')`);
    await omni.write(`INSERT INTO omni_events (id, channel, person_id, event_type, direction, content_type, text_content, status, received_at, created_at)
      SELECT 'ffffffff-0000-4000-8000-00000000000' || value, 'whatsapp', '${survivor}', 'message.received', 'inbound', 'text', CASE value WHEN 0 THEN '=1' WHEN 1 THEN char(9) || '=1' ELSE '+1' END, 'completed', 1764000000000000 + value, 1764000000000000
      FROM (SELECT 0 AS value UNION SELECT 1 UNION SELECT 2)`);
    const [route] = await omni.sql('SELECT instance_id FROM agent_routes WHERE person_id IS NOT NULL LIMIT 1');

    const me = await signedIn(web, {
      key: sandbox.keys.admin,
      server: 'Demo',
      yourName: '=HYPERLINK("http://evil.example")',
    });
    await me.operate('persons.edit', { id: survivor, changes: { displayName: '=2+2' } });
    await me.operate('persons.merge', { survivor, duplicate, reason: '@SUM(1)', fields: {}, routes: {} });
    const instanceId = String(route?.instance_id);
    await me.act('addSavedTestAction', { instanceId, chatId: null, personId: survivor, agentId: null, title: '=1+1' });
    const copy = /"id":"([^"]+)"/.exec((await me.act('startExportAction', { keyId: key, filter: {} })).text)?.[1] ?? '';
    await expect.poll(async () => (await me.get(`/api/keys/exports/${copy}`)).text).toContain('"status":"done"');

    const files = [
      '/persons/export',
      '/persons/export?q=a%40example.com',
      `/persons/${survivor}/timeline`,
      '/routes/export',
      '/routes/health/export',
      '/routes/tests/export',
      '/keys/export?show=all',
      `/api/keys/exports/${copy}/file?format=csv`,
      '/activity/export?format=csv',
      '/persons/old-ids',
    ];
    const found: string[] = [];
    let [seen, neutral] = [0, 0];
    for (const locale of ['en', 'pt-BR'])
      for (const path of files) {
        const answer = await me.get(path, { cookie: `${me.cookie}; locale=${locale}` });
        const cells = [',', ';'].flatMap((separator) => cellsOf(answer.text, separator));
        expect([path, answer.status, answer.headers['content-type']]).toEqual([path, 200, 'text/csv; charset=utf-8']);
        expect(answer.headers['content-disposition']).toMatch(/^attachment; filename="[\w.-]+\.csv"$/);
        expect(
          cells.filter((cell) => /^'[=+\-@\t\r\n]/.test(cell)).length,
          `${path} has what is to be tested`,
        ).toBeGreaterThan(0);
        found.push(
          ...cells.filter((cell) => /^[=+\-@\t\r\n]/.test(cell) && !PHONE.test(cell)).map((cell) => `${path}: ${cell}`),
        );
        seen += cells.length;
        neutral += cells.filter((cell) => /^'[=+\-@\t\r\n]/.test(cell)).length;
      }
    expect(found).toEqual([]);
    console.log(`formulas: ${seen} cells of ${files.length} files in two languages, ${neutral} made harmless`);
  } finally {
    await omni.reset({ persons: 500, seed: 1 });
  }
});
