import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';
import { expect, test } from 'vitest';
import { plainSpan } from './plain-span.ts';

function span(name: string, attributes: ReadableSpan['attributes']): ReadableSpan {
  const events = [{ name: 'exception', time: [0, 0], attributes: { 'exception.message': 'Ana Souza' } }];
  const links: unknown[] = [{ context: { traceId: 'Ana' } }];
  return { name, attributes, events, links, status: { code: 2, message: 'Ana' }, kind: 1 } as unknown as ReadableSpan;
}

const told = ({ name, attributes, events, links, status }: ReadableSpan) => ({
  name,
  attributes,
  events,
  links,
  status,
});

test('traces: a request is told by its pattern, without its address, events or message', () => {
  const request = { 'next.span_type': 'BaseServer.handleRequest', 'http.method': 'GET', 'http.status_code': 200 };
  const plain = plainSpan(
    span('GET /persons?q=Ana', { ...request, 'http.target': '/persons?q=Ana', 'http.route': '/persons' }),
  );
  expect(told(plain)).toEqual({
    name: 'GET /persons',
    attributes: { ...request, 'http.route': '/persons' },
    events: [],
    links: [],
    status: { code: 2 },
  });
  expect(plain.kind).toBe(1);
  expect(plainSpan(span('GET /Ana', request)).name).toBe('GET other');
});

test.each([
  ['render route (app) /persons/[id]', 'render route (app) /persons/[id]'],
  ['omni persons', 'omni persons'],
  ['fetch GET http://omni/persons?search=Ana', 'other'],
  ['resolve /persons/11111111-1111-4111-8111-111111111111', 'other'],
  ['José', 'other'],
])('traces: the span %s is called %s', (name, called) => {
  expect(plainSpan(span(name, { 'next.span_type': 'AppRender.x' })).name).toBe(called);
});
