import { NextResponse, type NextRequest } from 'next/server';
import { env } from '#lib/env.ts';
import { log, logName } from '#lib/log.ts';
import { receiptAddress } from '#lib/session/incoming/receipt-address.ts';
import { malformedBody } from '#lib/session/incoming/action-body.ts';
import { OTHER_SESSION, PAGE_MARK } from '#lib/session/request/page-mark.ts';
import { isOtherPage } from '#lib/session/request/page-of.ts';
import { plainHost } from '#lib/session/incoming/plain-host.ts';
import { refusalOf, withoutSecrets } from '#lib/session/request/request-rules.ts';

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);
const YEAR = 31_536_000;

/** Headers, the nonce and refusals that need no session. Permissions are checked where data is read (`lib/session/request/guard.ts`). */
export async function proxy(request: NextRequest): Promise<NextResponse> {
  const { APP_ORIGIN } = env();
  const answer =
    refused(request, new URL(APP_ORIGIN)) ??
    receiptOf(request) ??
    (await refusedPart(request)) ??
    (await refusedBody(request)) ??
    pageAnswer(request);
  answer.headers.set('Cache-Control', 'private, no-store');
  answer.headers.set('Origin-Agent-Cluster', '?1');
  answer.headers.set('X-Frame-Options', 'DENY');
  if (APP_ORIGIN.startsWith('https:'))
    answer.headers.set('Strict-Transport-Security', `max-age=${YEAR}; includeSubDomains`);
  return answer;
}

function refused(request: NextRequest, origin: URL): NextResponse | undefined {
  const { pathname: path, searchParams } = request.nextUrl;
  const { method } = request;
  // Health checks and scrapes use the container's own address.
  if ((path.startsWith('/api/health/') || path === '/metrics') && method === 'GET') return undefined;
  const foreignHost = otherHost(request, origin);
  if (foreignHost) return foreignHost;
  const header = (name: string) => request.headers.get(name);
  const refusal = refusalOf({ method, path, header }, origin.origin);
  if (refusal) {
    const answer = plain(refusal.status, refusal.text);
    if (refusal.status === 405) answer.headers.set('Allow', 'GET, HEAD, POST');
    return answer;
  }
  const stripped = withoutSecrets(path, searchParams);
  if (stripped === null) return undefined;
  log('warn', 'request.secret_in_address', { method: logName(method) });
  if (method !== 'GET' || path.startsWith('/api/')) return plain(400, 'A key does not belong into an address.');
  const query = new URLSearchParams({ reason: 'secret_in_address', next: stripped });
  return NextResponse.redirect(new URL(`/login?${query}`, origin), 303);
}

/** A page that showed a receipt, loaded again, is the receipt's own page. */
function receiptOf({ method, headers, nextUrl }: NextRequest): NextResponse | undefined {
  if (method !== 'GET') return undefined;
  const to = receiptAddress(nextUrl.pathname, nextUrl.searchParams, headers.get('accept'));
  return to === null ? undefined : NextResponse.redirect(new URL(to, env().APP_ORIGIN), 303);
}

/**
 * Refuses a part of a page, or a file, that is requested by a page of another session: it would be shown among that session's data.
 * On a refused part the router loads the whole page; a refused file is redirected to a page that explains it.
 */
async function refusedPart({ method, headers, cookies, nextUrl }: NextRequest): Promise<NextResponse | undefined> {
  if (method !== 'GET' && method !== 'HEAD') return undefined;
  const jar = new Map(cookies.getAll().map(({ name, value }) => [name, value]));
  const [mark = null, ...more] = nextUrl.searchParams.getAll(PAGE_MARK);
  if (more.length > 0 || (await isOtherPage(mark, jar)))
    return NextResponse.redirect(new URL(OTHER_SESSION, env().APP_ORIGIN), 303);
  if (nextUrl.pathname.startsWith('/api/')) return undefined;
  const other = await isOtherPage(headers.get(PAGE_MARK), jar);
  return other ? plain(409, 'This page belongs to another session.') : undefined;
}

/** Refuses a call of an action that Next could not read, with one line in the log. */
async function refusedBody(request: NextRequest): Promise<NextResponse | undefined> {
  if (request.method !== 'POST') return undefined;
  const refusal = await malformedBody(request);
  if (!refusal) return undefined;
  log('info', 'request.malformed', { why: refusal.why });
  return plain(refusal.status, refusal.status === 413 ? 'This is too large.' : 'This request could not be read.');
}

/** A forwarded host is there only when a trusted proxy sent it (`plain-request.ts`). */
function otherHost(request: NextRequest, origin: URL): NextResponse | undefined {
  const host = request.headers.get('x-forwarded-host') ?? request.headers.get('host') ?? '';
  if (!env().production || plainHost(host, origin.protocol) === origin.host) return undefined;
  const asked = URL.parse(`http://${host}`);
  const { pathname, search } = request.nextUrl;
  const sameMachine = LOOPBACK.has(asked?.hostname ?? '') && LOOPBACK.has(origin.hostname);
  if (sameMachine && asked?.port === origin.port && request.method === 'GET' && !pathname.startsWith('/api/'))
    return NextResponse.redirect(new URL(pathname + search, origin), 307);
  return plain(421, `This console answers at ${origin.origin} only.`);
}

function plain(status: number, text: string): NextResponse {
  const headers = { 'content-type': 'text/plain; charset=utf-8', 'content-security-policy': "default-src 'none'" };
  return new NextResponse(text, { status, headers });
}

function pageAnswer(request: NextRequest): NextResponse {
  const nonce = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString('base64');
  const policy = policyOf(nonce);
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-console-path', request.nextUrl.pathname + request.nextUrl.search);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('Content-Security-Policy', policy);
  return response;
}

function policyOf(nonce: string): string {
  const { APP_ORIGIN, OMNI_IMAGE_HOSTS, production } = env();
  const images = ["'self'", 'data:', ...OMNI_IMAGE_HOSTS.map((name) => `https://${name}`)].join(' ');
  return [
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
    // "nextjs" is Next's own policy; "default" stands in `components/session/request/trusted-scripts.ts`.
    ...(production ? [`require-trusted-types-for 'script'`, `trusted-types default nextjs`] : []),
    ...(APP_ORIGIN.startsWith('https:') ? ['upgrade-insecure-requests'] : []),
  ].join('; ');
}

/** Files of `public/` are answered as they are, also to visitors without a session; `scripts/public-files.test.ts` holds the list. */
export const config = {
  matcher: [
    {
      source:
        '/((?!_next/static|_next/image|apple-icon\\.png$|favicon\\.ico$|icon\\.svg$|messages/|robots\\.txt$|site\\.webmanifest$).*)',
    },
  ],
};
