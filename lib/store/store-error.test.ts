import { expect, test } from 'vitest';
import { storeAnswer, StoreError, storeErrorOf, type StoreErrorKind } from './store-error.ts';

const sqlite = (errcode: number) => Object.assign(new Error('x'), { code: 'ERR_SQLITE_ERROR', errcode });
const coded = (code: string) => Object.assign(new Error('x'), { code });

test.each<[string, unknown, StoreErrorKind | undefined]>([
  ['SQLITE_CANTOPEN', sqlite(14), 'unwritable'],
  ['SQLITE_READONLY_DBMOVED', sqlite(8 | (4 << 8)), 'unwritable'],
  ['SQLITE_IOERR_WRITE', sqlite(10 | (3 << 8)), 'unwritable'],
  ['SQLITE_FULL', sqlite(13), 'full'],
  ['SQLITE_CORRUPT', sqlite(11), 'corrupt'],
  ['SQLITE_NOTADB', sqlite(26), 'corrupt'],
  ['SQLITE_BUSY', sqlite(5), 'busy'],
  ['SQLITE_BUSY_SNAPSHOT', sqlite(5 | (2 << 8)), 'busy'],
  ['SQLITE_CONSTRAINT_UNIQUE', sqlite(19 | (8 << 8)), undefined],
  ['SQLITE_ERROR (wrong SQL)', sqlite(1), undefined],
  ['EACCES of mkdir', coded('EACCES'), 'unwritable'],
  ['ENOSPC of mkdir', coded('ENOSPC'), 'full'],
  ['a refused connection', coded('ECONNREFUSED'), 'unreachable'],
  ['an unknown host', coded('ENOTFOUND'), 'unreachable'],
  ['a wrong password', coded('28P01'), 'unreachable'],
  ['a broken connection', coded('08006'), 'unreachable'],
  ['no such database', coded('3D000'), 'unreachable'],
  ['shutting down', coded('57P01'), 'unreachable'],
  ['too many clients', coded('53300'), 'unreachable'],
  ['a full disk at PostgreSQL', coded('53100'), 'full'],
  ['a standby', coded('25006'), 'unwritable'],
  ['a statement that took too long', coded('57014'), 'busy'],
  ['a damaged index', coded('XX002'), 'corrupt'],
  ['a unique violation', coded('23505'), undefined],
  ['an unknown column', coded('42703'), undefined],
  ['a pool that timed out', new Error('timeout exceeded when trying to connect'), 'unreachable'],
  ['a dropped connection', new Error('Connection terminated unexpectedly'), 'unreachable'],
  ['a bug', new TypeError('x is not a function'), undefined],
  ['a thrown text', 'no', undefined],
])('storeErrorOf: %s', (_name, error, kind) => {
  expect(storeErrorOf(error)?.kind).toBe(kind);
});

test('storeErrorOf: is a sentence for a terminal and names the one for a page', () => {
  const error = new StoreError('full');
  expect(error.message).toMatch(/^[A-Z].*\.$/);
  expect(error.sentenceKey).toBe('store_full');
  expect(storeErrorOf(error)).toBe(error);
});

test('storeErrorOf: an answer of the store has its failure as a value; a bug is thrown', async () => {
  expect(await storeAnswer(Promise.resolve(1))).toEqual({ ok: true, value: 1 });
  expect(await storeAnswer(Promise.reject(coded('53100')))).toMatchObject({ ok: false, error: { kind: 'full' } });
  await expect(storeAnswer(Promise.reject(new TypeError('x')))).rejects.toThrow('x');
});
