import { globSync } from 'node:fs';
import { expect, test } from 'vitest';
import { PLACES } from '../../e2e/a11y/places.ts';

const omni = { sql: () => Promise.resolve([{ id: 'id', instance_id: 'instance', chat_id: 'chat' }]) };

test('every page is among the places', async () => {
  const seen = await Promise.all(
    Object.values(PLACES).map(async ({ at }) => (typeof at === 'string' ? at : at(omni as never))),
  );
  const paths = seen.map((at) => at.replace(/\?.*/, ''));
  const unseen = globSync('app/**/page.tsx').filter((file) => {
    const address = file.replace(/^app|\/\([a-z]+\)|\/page\.tsx$/g, '') || '/';
    const shape = new RegExp(`^${address.replaceAll(/\[[a-z]+\]/gi, '[^/]+')}$`);
    return !paths.some((path) => shape.test(path));
  });
  expect(unseen).toEqual([]);
});
