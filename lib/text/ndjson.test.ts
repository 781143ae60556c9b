import { expect, test } from 'vitest';
import { ndjson } from './ndjson.ts';

test.each([
  ['{"a":1}\n{"a":2}\n', [{ a: 1 }, { a: 2 }]],
  ['{"a":1}\n{"a":2}', [{ a: 1 }, { a: 2 }]],
  ['{"a":1}', [{ a: 1 }]],
  ['', []],
])('ndjson: %j is read whole, with and without a last line end', async (text, values) => {
  expect(await Array.fromAsync(ndjson(new Response(text)))).toEqual(values);
});
