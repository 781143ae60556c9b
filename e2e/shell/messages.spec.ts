import { expect, openAlive, test } from '../fixtures/test.ts';
import { routesPage } from '../pom/routes/routes.ts';

/** Of a sentence that only a running change shows. */
const ELSEWHERE = 'finished steps stay done';

test('messages: a page carries none, and is drawn from files that the browser keeps', async ({ page, web }) => {
  const answers: { path: string; cache: string | undefined }[] = [];
  page.on('response', (answer) => {
    const { pathname } = new URL(answer.url());
    if (pathname.startsWith('/messages/')) answers.push({ path: pathname, cache: answer.headers()['cache-control'] });
  });
  await openAlive(page, '/routes');
  await routesPage.rows(page).first().waitFor();
  const html = await (await page.request.get('/routes')).text();
  const messages = await page.evaluate(
    async (paths) => Promise.all(paths.map(async (path) => JSON.stringify(await (await fetch(path)).json()))),
    answers.map(({ path }) => path),
  );
  expect(answers.length).toBeGreaterThan(1);
  for (const { path, cache } of answers) {
    expect(path).toMatch(/^\/messages\/en\/[a-z-]+\.[\w-]{12}$/);
    expect(cache).toBe('public, max-age=31536000, immutable');
  }
  const names = answers.map(({ path }) => /\/(plan-[a-z]+)\./.exec(path)?.[1]).filter((name) => name !== undefined);
  expect([...new Set(names)].toSorted(), 'of the operations it starts').toEqual([
    'plan-activate',
    'plan-answers',
    'plan-bulk',
    'plan-route',
  ]);
  expect(messages.join('')).toContain(ELSEWHERE);
  expect(html).toContain('Routes');
  expect(html).not.toContain(ELSEWHERE);
  const first = answers.map(({ path }) => path);
  await openAlive(page, '/routes/health');
  const sent = await page.evaluate(() =>
    (performance.getEntriesByType('resource') as PerformanceResourceTiming[])
      .filter(({ name, transferSize }) => name.includes('/messages/') && transferSize > 0)
      .map(({ name }) => new URL(name).pathname),
  );
  expect(sent.length).toBeGreaterThan(0);
  expect(sent.filter((path) => first.includes(path))).toEqual([]);
  const other = await fetch(`${web.origin}${answers[0]?.path.replace(/\.[\w-]{12}$/, '.ofAnother1b')}`);
  expect([other.status, other.headers.get('cache-control')]).toEqual([200, 'no-store']);
  expect((await fetch(`${web.origin}/messages/en/nothing.abc`)).status).toBe(404);
});

test.describe('in Portuguese', () => {
  test.use({ locale: 'pt-BR' });

  test('messages: one language to a browser', async ({ page }) => {
    const paths: string[] = [];
    page.on('request', (request) => paths.push(new URL(request.url()).pathname));
    await openAlive(page, '/persons');
    const files = paths.filter((path) => path.startsWith('/messages/'));
    expect(files.length).toBeGreaterThan(0);
    expect(files.filter((path) => !path.startsWith('/messages/pt-BR/'))).toEqual([]);
  });
});
