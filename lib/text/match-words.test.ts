import { expect, test } from 'vitest';
import { matchWords } from './match-words.ts';

test.each([
  ['Rotate a key…', 'rotate a key', 0],
  ['Rotate a key…', 'rota', 1],
  ['Rotate a key…', 'key rotate', 2],
  ['Rotate a key…', 'keys rot', 2],
  ['Excluir uma chave…', 'chaves', 2],
  ['Revogar uma chave…', 'a chave revogar', 2],
  ['Situação', 'situacao', 0],
  ['SITUAC\u0327A\u0303O', 'situação', 0],
  ['Conta e sessões', 'sessoes da conta', 2],
  ['Check-up of the routes', 'checkup', null],
  ['Check-up of the routes', 'up check', 2],
  ['Chatbot', 'bot', 4],
  ['Chatbot', 'ot', null],
  ['New key', 'new route', null],
  ['New key', '   ', null],
  ['New key', '…', null],
  ['Pessoas', 'de a', null],
  ['Quem responde?', 'responde', 2],
  ['Quem responde?', 'quem', 1],
  ['What was done', 'whats', null],
  ['What was done', 'what was', 1],
])('match words: %s is found by “%s”: %s', (text, query, rank) => {
  expect(matchWords(query, text)).toBe(rank);
});

test('match words: hidden phrases match too, after a text that fits as well, and their words together with its own', () => {
  const also = ['trocar chave', 'renovar'];
  expect(matchWords('rotate a key', 'Rotate a key…', ['rotate a key'])).toBe(0);
  expect(matchWords('trocar chave', 'Rotate a key…', also)).toBe(0.5);
  expect(matchWords('trocar', 'Rotate a key…', also)).toBe(1.5);
  expect(matchWords('chave trocar', 'Rotate a key…', also)).toBe(2.5);
  expect(matchWords('renovar key', 'Rotate a key…', also)).toBe(3);
  expect(matchWords('trocar pessoa', 'Rotate a key…', also)).toBeNull();
});
