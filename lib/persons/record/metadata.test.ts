import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Json } from '#lib/operations/plan/define.ts';
import { METADATA_BYTES, METADATA_DEPTH, metadataProblem } from './metadata.ts';
import { rowsOf, rowsToMetadata, textToMetadata } from './metadata-rows.ts';

const row = (key: string, text: string, json = false) => ({ id: key, key, text, json });

test('metadata: whatever is stored comes out of its rows as it went in', () => {
  const stored = fc.dictionary(fc.string(), fc.jsonValue()) as fc.Arbitrary<{ [key: string]: Json }>;
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
])('metadata: the JSON %s is refused', (text, problem) => {
  expect(textToMetadata(text)).toEqual({ ok: false, problem });
});

test('metadata is accepted up to its limits and not beyond', () => {
  const nested = (depth: number): { [key: string]: Json } => (depth <= 1 ? { x: 1 } : { x: nested(depth - 1) });
  expect(metadataProblem(nested(METADATA_DEPTH))).toBeNull();
  expect(metadataProblem(nested(METADATA_DEPTH + 1))?.key).toBe('edit.metadata-deep');
  const wide = (bytes: number) => ({ x: 'é'.repeat((bytes - 8) / 2) });
  expect(metadataProblem(wide(METADATA_BYTES))).toBeNull();
  expect(metadataProblem(wide(METADATA_BYTES + 2))?.key).toBe('edit.metadata-large');
});
