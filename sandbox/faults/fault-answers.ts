import type { Fault } from './faults.ts';

const gateway = (title: string) =>
  `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`;

const GATEWAY: Record<number, string> = {
  502: '502 Bad Gateway',
  503: '503 Service Temporarily Unavailable',
  504: '504 Gateway Time-out',
};

const OMNI: Record<number, object> = {
  401: { code: 'UNAUTHORIZED', message: 'Invalid API key' },
  403: { code: 'FORBIDDEN', message: 'Insufficient permissions. Required scope: persons:write' },
  408: { code: 'HTTP_ERROR', message: 'Request timeout' },
};

/** The answer a fault gives in place of Omni's: Omni's own shapes for its own errors, a proxy's page for a proxy's. */
export function faultAnswer(fault: Fault): Response | undefined {
  if (fault.kind === 'html')
    return page(200, '<!doctype html><title>Welcome to nginx!</title><h1>Welcome to nginx!</h1>');
  if (fault.kind === 'wrong-json') return Response.json(fault.body ?? { items: 'none', data: 42, meta: [] });
  if (fault.kind === 'answer') return given(fault, fault.status ?? 200);
  if (fault.kind !== 'status') return undefined;
  const status = fault.status ?? 500;
  if (fault.body !== undefined) return given(fault, status);
  if (status === 429) return rateLimited(fault.ms ?? 1500);
  const title = GATEWAY[status];
  if (title !== undefined) return page(status, gateway(title));
  return Response.json(
    { error: OMNI[status] ?? { code: 'INTERNAL_ERROR', message: 'Internal server error' } },
    { status },
  );
}

/** Omni's own 429, over in `ms` (behaviour J15). */
function rateLimited(ms: number): Response {
  const message = 'Too many requests. Please slow down.';
  const details = { retryAfterMs: ms, limit: 1000, windowMs: 60_000 };
  const reset = Math.ceil((Date.now() + ms) / 1000);
  const headers = { 'x-ratelimit-limit': '1000', 'x-ratelimit-remaining': '0', 'x-ratelimit-reset': String(reset) };
  return Response.json({ error: { code: 'RATE_LIMITED', message, details } }, { status: 429, headers });
}

/** A body that is text goes out as it is, so that broken JSON can be sent. */
function given(fault: Fault, status: number): Response {
  const body = typeof fault.body === 'string' ? fault.body : JSON.stringify(fault.body ?? null);
  return new Response(body, { status, headers: { 'content-type': 'application/json' } });
}

function page(status: number, html: string): Response {
  return new Response(html, { status, headers: { 'content-type': 'text/html; charset=utf-8' } });
}
