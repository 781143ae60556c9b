import { expect, test } from 'vitest';
import { LONGEST_BODY } from '#lib/session/request/request-rules.ts';
import { malformedBody } from './action-body.ts';

const ID = `40${'a1'.repeat(20)}`;
const FORM = 'multipart/form-data; boundary=part0part';
const form = (...parts: [string, string][]) =>
  `${parts.map(([name, value]) => `--part0part\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--part0part--\r\n`;

const asked = (body: BodyInit, type: string | null, id: string | null = ID) => {
  const request = new Request('http://console.example/persons', { method: 'POST', body });
  request.headers.delete('content-type');
  if (type !== null) request.headers.set('content-type', type);
  if (id !== null) request.headers.set('next-action', id);
  return malformedBody(request);
};

test.each<[string, string]>([
  ['no arguments', '[]'],
  ['plain values', '[{"operation":"persons.edit","input":{"name":"Ana","age":null,"tags":["a","b"]}}]'],
  ['a text with brackets and escapes', `[${JSON.stringify({ text: '[[{{"\\"[[[' })}]`],
  ['undefined, a date, numbers JSON lacks', '["$undefined","$D2026-11-29T22:00:00.000Z","$NaN","$-Infinity","$n12"]'],
  ['a text that starts with a dollar', '["$$100"]'],
  ['the same thing twice', '[{"a":{"b":1},"c":"$0:0:a"}]'],
  ['an own field called constructor', '[{"constructor":{"admin":true}}]'],
])('malformedBody: text with %s passes', async (_name, body) => {
  expect(await asked(body, 'text/plain;charset=UTF-8')).toBeNull();
});

test('malformedBody: a form that calls an action passes', async () => {
  expect(await asked(form(['0', '["$K1"]'], ['1_a', 'b']), FORM)).toBeNull();
});

test('malformedBody: what is neither an action’s nor a form’s is not read', async () => {
  expect(await asked('{', 'application/json', null)).toBeNull();
  expect(await asked('{', 'text/plain', null)).toBeNull();
});

test.each<[string, string, string | null, string | null, string]>([
  ['an id that is none', '[]', 'text/plain', 'toString', 'id'],
  ['an empty id', '[]', 'text/plain', '', 'id'],
  ['an id one letter too long', '[]', 'text/plain', `${ID}0`, 'id'],
  ['an id in capitals', '[]', 'text/plain', ID.toUpperCase(), 'id'],
  ['JSON told as such', '[]', 'application/json', ID, 'type'],
  ['no type', '[]', null, ID, 'type'],
  ['bytes', '\u0000\u0001', 'application/octet-stream', ID, 'type'],
  ['nothing', '', 'text/plain', ID, 'json'],
  ['a truncated text', '[{"operation":"persons.ed', 'text/plain', ID, 'json'],
  ['a text that is no list', '{"0":1}', 'text/plain', ID, 'json'],
  ['a deep text', `${'['.repeat(400_000)}${']'.repeat(400_000)}`, 'text/plain', ID, 'depth'],
  ['a reference to a part that is not there', '["$1:a"]', 'text/plain', ID, 'reference'],
  ['a reference to nothing', '["$0:3:a"]', 'text/plain', ID, 'reference'],
  ['a reference to an inherited name', '["$0:__proto__:then"]', 'text/plain', ID, 'reference'],
  ['a function of the server', '["$F1"]', 'text/plain', ID, 'reference'],
  ['a promise', '["$@1"]', 'text/plain', ID, 'reference'],
  ['a form without a boundary', 'no boundary', 'multipart/form-data', ID, 'form'],
  ['a truncated form', form(['0', '[]']).slice(0, 40), FORM, ID, 'form'],
  ['a form that calls nothing', form(['operation', 'x']), FORM, null, 'id'],
  ['a form without arguments', form(['1', '[]']), FORM, ID, 'form'],
  ['a form with an action’s name', form(['$ACTION_REF_1', ''], ['$ACTION_1:0', '{}']), FORM, null, 'id'],
  ['a form with an inherited name', form(['0', '["$1:constructor:constructor"]'], ['1', '[]']), FORM, ID, 'reference'],
])('malformedBody: %s is refused', async (_name, body, type, id, why) => {
  expect(await asked(body, type, id)).toEqual({ status: 400, why });
});

test('malformedBody: a long body without a length is refused before it is kept', async () => {
  let sent = 0;
  const stream = new ReadableStream<Uint8Array>({
    pull(controller) {
      sent += 65_536;
      controller.enqueue(new Uint8Array(65_536));
    },
  });
  const request = new Request('http://console.example/', {
    method: 'POST',
    body: stream,
    headers: { 'next-action': ID, 'content-type': 'text/plain' },
    duplex: 'half',
  } as RequestInit);
  expect(await malformedBody(request)).toEqual({ status: 413, why: 'length' });
  expect(sent).toBeLessThan(LONGEST_BODY + 4 * 65_536);
});

test('malformedBody: a body whose line is cut is refused', async () => {
  const stream = new ReadableStream({ start: (controller) => controller.error(new Error('aborted')) });
  const headers = { 'next-action': ID, 'content-type': 'text/plain' };
  const request = new Request('http://console.example/', {
    method: 'POST',
    body: stream,
    headers,
    duplex: 'half',
  } as RequestInit);
  expect(await malformedBody(request)).toEqual({ status: 400, why: 'cut' });
});
