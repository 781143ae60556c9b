import fc from 'fast-check';
import { expect, test } from 'vitest';
import { z } from 'zod';
import { jsonObject, jsonValue, ownValue } from './json.ts';

const hostile = '{"__proto__": {"a": 1}, "constructor": [{"__proto__": null}], "toString": 1, "2": 0}';

test('json: what was parsed comes out as it went in, keys that every object inherits among it', () => {
  const schema = z.object({ metadata: jsonObject.nullable() });
  const text = `{"metadata":${JSON.stringify(JSON.parse(hostile))}}`;
  expect(JSON.stringify(schema.parse(JSON.parse(text)))).toBe(text);
  fc.assert(
    fc.property(fc.json(), (text) => {
      expect(JSON.stringify(jsonValue.parse(JSON.parse(text)))).toBe(JSON.stringify(JSON.parse(text)));
    }),
  );
});

test.each([[undefined], [Number.NaN], [Infinity], [() => 1], [10n], [{ a: undefined }]])(
  'json: %s is none',
  (value) => {
    expect(jsonValue.safeParse(value).success).toBe(false);
    expect(jsonObject.safeParse({ value }).success).toBe(false);
  },
);

test.each([[null], [[]], ['{}'], [1]])('json: %j is no object', (value) => {
  expect(jsonObject.safeParse(value).success).toBe(false);
});

test('json: what every object inherits is nobody’s own', () => {
  expect(ownValue({}, 'constructor')).toBeUndefined();
  expect(ownValue({}, '__proto__')).toBeUndefined();
  expect(ownValue(JSON.parse(hostile) as { [key: string]: unknown }, '__proto__')).toEqual({ a: 1 });
});
