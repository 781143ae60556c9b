import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#lib/operations/plan/define.ts';
import { METADATA_BYTES, METADATA_DEPTH, metadataProblem } from './metadata.ts';
import { rowsOf, rowsToMetadata, textToMetadata } from './metadata-rows.ts';

const row = (key: string, text: string, json = false) => ({ id: key, key, text, json });

test('metadata: whatever is stored comes out of its rows as it went in', () => {
  const key = fc.oneof(
    fc.string(),
    fc.constantFrom('__proto__', 'constructor', 'toString', '0', '10', 'é', 'e\u0301', 'k'.repeat(2000)),
  );
  const stored = fc.dictionary(key, fc.jsonValue()) as fc.Arbitrary<{ [key: string]: Json }>;
  fc.assert(
    fc.property(stored, (metadata) => {
      const plain = JSON.parse(JSON.stringify(metadata)) as { [key: string]: Json };
      expect(rowsToMetadata(rowsOf(plain))).toEqual({ ok: true, value: plain });
      expect(textToMetadata(JSON.stringify(plain))).toEqual({ ok: true, value: plain });
    }),
  );
});

test('metadata: a stored key with spaces around it is not renamed; one that is typed is trimmed', () => {
  expect(rowsToMetadata(rowsOf({ ' plano ': 'ouro' }))).toEqual({ ok: true, value: { ' plano ': 'ouro' } });
  expect(rowsToMetadata([row(' plano ', 'ouro')])).toEqual({ ok: true, value: { plano: 'ouro' } });
  expect(rowsToMetadata([row('', ' ')])).toEqual({ ok: true, value: {} });
});

test.each([
  [[row('', 'ouro')], 'no_key'],
  [[row('a', '1'), row(' a', '2')], 'twice'],
  [[row('a', '{', true)], 'bad_json'],
] as const)('metadata: %j is refused', (rows, problem) => {
  expect(rowsToMetadata(rows)).toEqual({ ok: false, problem });
});

test.each([
  ['[]', 'not_object'],
  ['null', 'not_object'],
  ['"x"', 'not_object'],
  ['{', 'bad_json'],
  ['{"a": 1, "a": 2}', 'twice'],
  ['{"a": 1, "\\u0061": 2}', 'twice'],
  ['{"list": [{"a": {}, "b": ":", "a": 1}]}', 'twice'],
  ['{"__proto__": 1, "__proto__": 2}', 'twice'],
  ['{"cpf": 12345678901234567890}', 'long_number'],
  ['{"id": [9007199254740993]}', 'long_number'],
  ['{"x": 1e400}', 'long_number'],
  ['{"x": -1e-400}', 'long_number'],
  ['{"x": 0.12345678901234567891}', 'long_number'],
])('metadata: the JSON %s is refused', (text, problem) => {
  expect(textToMetadata(text)).toEqual({ ok: false, problem });
});

test.each([
  '{"a": {"x": 1}, "b": {"x": 1}}',
  '{"a": "12345678901234567890", "b": "{\\"a\\":1,\\"a\\":2}"}',
  '{"n": [0, -0.0, 1.10, 1e5, 1E+5, 123.456e-2, 9007199254740992, 1e21, 5e-324]}',
  '{}',
  ' ',
])('metadata: the JSON %s is taken as it is', (text) => {
  expect(textToMetadata(text).ok).toBe(true);
});

test('metadata: a number of more digits than are kept is refused in a row too', () => {
  expect(rowsToMetadata([row('cpf', '12345678901234567890', true)])).toEqual({ ok: false, problem: 'long_number' });
  expect(rowsToMetadata([row('cpf', '12345678901234567890')])).toEqual({
    ok: true,
    value: { cpf: '12345678901234567890' },
  });
});

test('metadata is accepted up to its limits and not beyond', () => {
  const nested = (depth: number): { [key: string]: Json } => (depth <= 1 ? { x: 1 } : { x: nested(depth - 1) });
  expect(metadataProblem(nested(METADATA_DEPTH))).toBeNull();
  expect(metadataProblem(nested(METADATA_DEPTH + 1))?.key).toBe('edit.metadata-deep');
  const wide = (bytes: number) => ({ x: 'é'.repeat((bytes - 8) / 2) });
  expect(metadataProblem(wide(METADATA_BYTES))).toBeNull();
  expect(metadataProblem(wide(METADATA_BYTES + 2))?.key).toBe('edit.metadata-large');
});
