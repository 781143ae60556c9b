import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { performance } from 'node:perf_hooks';
import { measure } from '#lib/measure.ts';

const METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE']);

type Exchange = Pick<IncomingMessage, 'method' | 'url'> & { response: ServerResponse };

/** Measures every request of this process's servers, also those that a proxy in front or a browser gave up (`aborted`). */
export function measureRequests(pageOf: (target: string) => string): void {
  subscribe('http.server.request.start', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    follow({ method: request.method, url: request.url, response }, pageOf);
  });
}

function follow({ method = '', url = '/', response }: Exchange, pageOf: (target: string) => string): void {
  const started = performance.now();
  response.once('close', () => {
    measure({
      of: 'request',
      page: pageOf(url),
      method: METHODS.has(method) ? method : 'other',
      status: response.writableFinished ? String(response.statusCode) : 'aborted',
      ms: performance.now() - started,
    });
  });
}
