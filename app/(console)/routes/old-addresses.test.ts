import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import config from '../../../next.config.ts';

test('old addresses of routes lead for good to pages and files of today', async () => {
  const moved = (await config.redirects?.()) ?? [];
  const routes = moved.filter(({ source }) => source.startsWith('/routes/'));
  expect(routes.map(({ source, destination, permanent }) => [source, destination, permanent])).toEqual([
    ['/routes/hygiene/:rest*', '/routes/health/:rest*', true],
    ['/routes/probes/:rest*', '/routes/tests/:rest*', true],
  ]);
  for (const { destination } of routes) {
    const page = `app/(console)${destination.replace('/:rest*', '')}`;
    expect([existsSync(`${page}/page.tsx`), existsSync(`${page}/export/route.ts`)]).toEqual([true, true]);
  }
});
