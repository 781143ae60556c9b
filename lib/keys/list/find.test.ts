import { expect, test } from 'vitest';
import { bestKeys, keyHit } from './find.ts';
import type { KeyRow } from './row.ts';
import { testKeyRow as row } from '#lib/keys/testing/key-row.ts';

const names = (rows: readonly KeyRow[]) => rows.map(({ name }) => name);

test('a name beats a description, what works beats what does not, and a prefix finds', () => {
  const rows = [
    row('Antiga', { status: 'revoked', description: 'suporte' }),
    row('Equipe', { description: 'Suporte da noite' }),
    row('Suporte velho', { status: 'expired' }),
    row('Suporte'),
    row('Vendas', { prefix: 'ZzZzZzZz' }),
  ];
  expect(names(bestKeys(rows, 'suporte'))).toEqual(['Suporte', 'Equipe', 'Suporte velho', 'Antiga']);
  expect(names(bestKeys(rows, 'zzzz'))).toEqual(['Vendas']);
  expect(bestKeys(rows, '')).toHaveLength(5);
});

test('a search tells no more of a key than its name, beginning and status', () => {
  expect(keyHit(row('Suporte'))).toEqual({ id: 'Suporte', name: 'Suporte', prefix: '', status: 'active' });
});
