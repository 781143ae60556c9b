import 'server-only';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-node';

/** Attributes without a word of a visitor: Next's others hold whole addresses, with what people searched for. */
const KEPT = new Set([
  'http.method',
  'http.route',
  'http.status_code',
  'next.route',
  'next.span_type',
  'next.rsc',
  'omni.server',
  'omni.resource',
  'omni.outcome',
]);

const REQUEST = 'BaseServer.handleRequest';

/** What names of Next's other spans are made of: words and patterns of pages. */
const NAME = /^(?!.*[\da-f]{8}-)[\w ()[\]/.-]{1,100}$/i;

/**
 * A span as it may leave the house: attributes of a list, a name made of the page's pattern, no events (an exception's message may quote
 * what was typed), no links and no status message.
 */
export function plainSpan(span: ReadableSpan): ReadableSpan {
  const attributes = Object.fromEntries(Object.entries(span.attributes).filter(([name]) => KEPT.has(name)));
  return Object.create(span, {
    attributes: { value: attributes },
    name: { value: nameOf(span.name, attributes) },
    events: { value: [] },
    links: { value: [] },
    status: { value: { code: span.status.code } },
  }) as ReadableSpan;
}

function nameOf(name: string, attributes: ReadableSpan['attributes']): string {
  if (attributes['next.span_type'] !== REQUEST) return NAME.test(name) ? name : 'other';
  return `${String(attributes['http.method'] ?? 'GET')} ${String(attributes['http.route'] ?? 'other')}`;
}
