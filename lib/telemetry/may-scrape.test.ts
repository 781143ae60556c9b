import { expect, test } from 'vitest';
import { mayScrape } from './may-scrape.ts';

const TOKEN = 'a-token-of-32-letters-or-so-it-is';
const off = { METRICS_LOOPBACK: false, METRICS_TOKEN: undefined };
const stranger = { fromHere: false, authorization: null };

test('metrics: are off unless something turns them on, for this machine too', () => {
  expect(mayScrape(off, { fromHere: true, authorization: `Bearer ${TOKEN}` })).toBe('off');
});

test('metrics: with loopback on, this machine reads them and nobody else', () => {
  const loopback = { ...off, METRICS_LOOPBACK: true };
  expect(mayScrape(loopback, { ...stranger, fromHere: true })).toBe('yes');
  expect(mayScrape(loopback, stranger)).toBe('off');
});

test.each([
  [`Bearer ${TOKEN}`, 'yes'],
  [`bearer ${TOKEN}`, 'yes'],
  [`Bearer ${TOKEN.slice(1)}`, 'no'],
  ['Bearer ', 'no'],
  [TOKEN, 'no'],
  [null, 'no'],
])('metrics: with a token, %s is answered %s', (authorization, answer) => {
  expect(mayScrape({ ...off, METRICS_TOKEN: TOKEN }, { fromHere: true, authorization })).toBe(answer);
});
