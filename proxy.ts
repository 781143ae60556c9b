import { NextResponse, type NextRequest } from 'next/server';
import { env } from '#lib/env.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Headers and the nonce; never the gate (the gate is at the data, `lib/session/guard.ts`). */
export function proxy(request: NextRequest): NextResponse {
  const { APP_ORIGIN, OMNI_IMAGE_HOSTS, production } = env();
  const origin = new URL(APP_ORIGIN);
  const host = request.headers.get('host') ?? '';
  const hostname = URL.parse(`http://${host}`)?.hostname ?? '';
  if (production && host !== origin.host) {
    const samePort = URL.parse(`http://${host}`)?.port === origin.port;
    if (LOOPBACK.has(hostname) && LOOPBACK.has(origin.hostname) && samePort && request.method === 'GET') {
      return NextResponse.redirect(new URL(request.nextUrl.pathname + request.nextUrl.search, origin), 307);
    }
    return new NextResponse(`This console answers at ${APP_ORIGIN} only.`, { status: 421 });
  }
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const images = ["'self'", 'data:', ...OMNI_IMAGE_HOSTS.map((name) => `https://${name}`)].join(' ');
  const policy = [
    `default-src 'self'`,
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${production ? '' : " 'unsafe-eval'"}`,
    `style-src 'self' 'nonce-${nonce}'`,
    `img-src ${images}`,
    `font-src 'self'`,
    `connect-src 'self'`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors 'none'`,
    ...(origin.protocol === 'https:' ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-console-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  response.headers.set('Cache-Control', 'private, no-store');
  if (origin.protocol === 'https:')
    response.headers.set('Strict-Transport-Security', 'max-age=31536000; includeSubDomains');
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|icon.svg).*)' }],
};
