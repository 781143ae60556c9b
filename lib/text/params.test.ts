import { expect, test } from 'vitest';
import { z } from 'zod';
import { optionalParam, paramsOf } from './params.ts';

test.each([
  ['q=ana&q=bia', 'ana'],
  ['q=&q=bia', ''],
  ['q=ana', 'ana'],
  ['', undefined],
])('params: a file reads %s as its page does', (query, q) => {
  const schema = z.object({ q: optionalParam(z.string()) });
  const asked = new URLSearchParams(query);
  const given = asked.getAll('q');
  expect(schema.parse(paramsOf(asked))).toEqual(q === undefined ? {} : { q });
  expect(schema.parse({ q: given.length > 1 ? given : given[0] }).q).toBe(q);
});
