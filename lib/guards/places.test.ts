import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PAGES } from '../../e2e/a11y/page-list.ts';
import { PAGE_NEEDS } from '#lib/scopes/needs.ts';

const omni = { sql: () => Promise.resolve([{ id: 'id', instance_id: 'instance', chat_id: 'chat' }]) };

test('every page is among the places', async () => {
  const seen = await Promise.all(
    Object.values(PAGES).map(async ({ at }) => (typeof at === 'string' ? at : at(omni as never))),
  );
  const paths = seen.map((at) => at.replace(/\?.*/, ''));
  const unseen = globSync('app/**/page.tsx').filter((file) => {
    const address = file.replace(/^app|\/\([a-z]+\)|\/page\.tsx$/g, '') || '/';
    const shape = new RegExp(`^${address.replaceAll(/\[[a-z]+\]/gi, '[^/]+')}$`);
    return !paths.some((path) => shape.test(path));
  });
  expect(unseen).toEqual([]);
});

test('every page that is of no use without certain rights asks for them, under its own name', () => {
  const wrong = globSync('app/(console)/**/page.tsx').flatMap((file) => {
    const place = file.replace(/^app\/\(console\)|\/page\.tsx$/g, '') || '/';
    const named = [...readFileSync(file, 'utf8').matchAll(/require(?:Page|Key)\([^;]*?'([^']+)'\)/g)].map(
      ([, of]) => of,
    );
    const asks = place in PAGE_NEEDS ? named.length > 0 && named.every((of) => of === place) : named.length === 0;
    return asks ? [] : [`${place} asks as ${named.join(', ') || 'nobody'}`];
  });
  expect(wrong).toEqual([]);
});
