import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { expect, openAlive, test } from '../fixtures/test.ts';
import { listState } from '../pom/list-state.ts';
import { homePage } from '../pom/home.ts';
import { personsPage } from '../pom/persons.ts';
import { shell } from '../pom/shell.ts';
import { signInPage } from '../pom/session/sign-in.ts';
import { sendRaw } from '../security/hostile.ts';

test.use({ as: 'nobody' });

test.beforeEach(({ watched }) => watched.expectProblem(/^foreign request: http:\/\/127\.0\.0\.1:/));

for (const [what, file] of [
  ['a folder that cannot be made', (folder: string) => join(folder, 'a-file', 'console.db')],
  ['a file that is something else', (folder: string) => join(folder, 'a-file')],
] as const) {
  test(`sign-in with the store in ${what}: nobody gets in, and the page says whose fault it is`, async ({
    beside,
    page,
    sandbox,
  }, info) => {
    const folder = info.outputPath();
    writeFileSync(info.outputPath('a-file'), 'not a database, and long enough to be looked at as one'.repeat(40));
    await beside({ servers: `Demo=${sandbox.url}`, storeFile: file(folder) }, async (web) => {
      await openAlive(page, `${web.origin}/login`);
      await signInPage.signIn(page, sandbox.keys.support, 'Demo');
      await expect(signInPage.alert(page)).toContainText('can’t write to its database');
      await expect(signInPage.submit(page)).toBeEnabled();
      expect(web.lines.join('\n')).toContain('sign_in.store_down');
      expect(web.lines.join('\n')).not.toContain(sandbox.keys.support);
    });
  });
}

test('sign-in with a store that another process holds: who is signed in reads on, who signs in waits and is told why', async ({
  beside,
  page,
  sandbox,
  browser,
}) => {
  await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Demo');
    await expect(homePage.heading(page)).toBeVisible();
    const holder = new DatabaseSync(web.env.STORE_FILE ?? '');
    holder.exec('BEGIN IMMEDIATE');
    try {
      await openAlive(page, `${web.origin}/persons?q=Silva`);
      await expect(personsPage.person(page, 'João Silva')).toBeVisible();
      const context = await browser.newContext({ locale: 'en-US' });
      const comer = await context.newPage();
      await openAlive(comer, `${web.origin}/login`);
      await signInPage.signIn(comer, sandbox.keys.viewer, 'Demo');
      await expect(signInPage.alert(comer)).toContainText('can’t write to its database');
      holder.exec('ROLLBACK');
      await signInPage.submit(comer).click();
      await expect(homePage.heading(comer)).toBeVisible();
      await context.close();
    } finally {
      holder.close();
    }
  });
});

test('sign-out while the store cannot be written: this browser forgets, and is told that the session may live on', async ({
  beside,
  page,
  context,
  sandbox,
}) => {
  await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Demo');
    await expect(homePage.heading(page)).toBeVisible();
    const copied = (await context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const holder = new DatabaseSync(web.env.STORE_FILE ?? '');
    holder.exec('BEGIN IMMEDIATE');
    try {
      await shell.signOut(page);
      await expect(signInPage.reason(page)).toContainText('works until the time limit');
    } finally {
      holder.exec('ROLLBACK');
      holder.close();
    }
    expect((await context.cookies()).filter(({ name }) => name.endsWith('-demo'))).toEqual([]);
    expect(web.lines.join('\n')).toContain('session.not_ended');
    await openAlive(page, `${web.origin}/persons`);
    await expect(signInPage.heading(page)).toBeVisible();
    // What the page says is so: a copy of the cookie goes on until its limit.
    expect((await sendRaw(web.origin, { path: '/api/session', headers: { cookie: copied } })).status).toBe(200);
  });
});

/** Makes a table unreadable while the console has it open: its first pages are overwritten, then something else is committed. */
function damage(file: string, table: string): void {
  const db = new DatabaseSync(file);
  db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
  const parts = db.prepare('SELECT rootpage FROM sqlite_schema WHERE tbl_name = ? AND rootpage > 0').all(table);
  const size = Number(db.prepare('PRAGMA page_size').get()?.page_size);
  const handle = openSync(file, 'r+');
  for (const { rootpage } of parts) writeSync(handle, Buffer.alloc(size, 0xff), 0, size, (Number(rootpage) - 1) * size);
  closeSync(handle);
  db.exec('UPDATE sessions SET last_seen_at = last_seen_at + 1');
  db.close();
}

test('Activity: a journal that cannot be read is told on the page, which stands', async ({ beside, page, sandbox }) => {
  await beside({ servers: `Demo=${sandbox.url}` }, async (web) => {
    await openAlive(page, `${web.origin}/login`);
    await signInPage.signIn(page, sandbox.keys.support, 'Demo');
    await expect(homePage.heading(page)).toBeVisible();
    damage(web.env.STORE_FILE ?? '', 'operations');
    await openAlive(page, `${web.origin}/activity?kind=persons.edit`);
    await expect(listState.heading(page)).toHaveText('Activity');
    await expect(listState.problem(page)).toContainText('database is damaged');
    await expect(listState.retry(page)).toHaveAttribute('href', '/activity?kind=persons.edit');
  });
});
