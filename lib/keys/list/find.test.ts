import { expect, test } from 'vitest';
import { bestKeys, keyHit } from './find.ts';
import type { ListedKey } from './listed-key.ts';
import { testListedKey as row } from '#lib/keys/testing/listed-key.ts';

const names = (rows: readonly ListedKey[]) => rows.map(({ name }) => name);

test('bestKeys: a name beats a description, an active key an inactive one, and a prefix finds', () => {
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

test('keyHit has no more of a key than its name, prefix and status', () => {
  expect(keyHit(row('Suporte'))).toEqual({ id: 'Suporte', name: 'Suporte', prefix: '', status: 'active' });
});
