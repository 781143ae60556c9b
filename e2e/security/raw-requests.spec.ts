import { connect } from 'node:net';
import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import { expect, test } from '../fixtures/test.ts';
import { VALID } from './arguments.ts';
import { actionCall, builtActions, ofThisBuild, resultOf, sendRaw, type RawAnswer } from './hostile.ts';
import { signedIn } from './signed-in.ts';

/** What no answer to a stranger's oddity may be: a failure of ours, a way elsewhere, something to be kept, a cookie. */
function wrongWith(answer: RawAnswer, origin: string): string[] {
  const { status, headers, text } = answer;
  const to = headers.location === undefined ? null : URL.parse(String(headers.location), origin);
  return [
    ...(status >= 500 ? [`answers ${status}`] : []),
    ...(headers.location !== undefined && to?.origin !== origin ? [`leads to ${String(headers.location)}`] : []),
    ...(status < 400 && status !== 308 && !/no-store/.test(String(headers['cache-control'])) ? ['may be kept'] : []),
    ...(headers['set-cookie'] ? ['sets a cookie'] : []),
    ...(/evil\.example/.test(JSON.stringify({ ...headers, location: '', refresh: '' }))
      ? ['repeats a name in its headers']
      : []),
    ...(status === 308 && !String(headers.location).startsWith('/') ? ['leads to no path'] : []),
    ...(/node_modules|at async |\.next\/server/.test(text) ? ['tells of its inside'] : []),
  ];
}

/** Sends bytes as they are and answers with the status of each answer that comes before the other side is done. */
function speak(origin: string, bytes: string): Promise<number[]> {
  const { hostname, port } = new URL(origin);
  return new Promise((resolve, reject) => {
    let heard = '';
    const socket = connect(Number(port), hostname, () => socket.end(bytes));
    socket.setEncoding('latin1').on('data', (part) => (heard += String(part)));
    socket.on('error', reject);
    socket.on('close', () => resolve([...heard.matchAll(/^HTTP\/1\.1 (\d{3})/gm)].map(([, status]) => Number(status))));
  });
}

const ODD_PATHS = [
  '//evil.example/persons',
  '///evil.example',
  '/\\evil.example',
  '/%5cevil.example',
  '/%2f%2fevil.example',
  '/persons/',
  '/persons//',
  '//persons/../evil.example/',
  '/.//evil.example/..',
  '/login/?next=//evil.example',
  '/login?next=https://evil.example',
  '/login?next=%2f%2fevil.example&next=//evil.example',
  '/login?next=/%0d%0aset-cookie:a=b',
  '/login?next[]=//evil.example',
  '/login?server[]=1&reason[]=2',
  '/login?next=javascript:alert(1)',
  '/persons?__proto__[x]=1&constructor=1&hasOwnProperty=2',
  '/persons?q=%00&limit=1e9&at=%ff',
  '/persons/%E0%A4%A',
  '/keys/%ff/edit',
  '/persons/%',
  '/persons/%c0%ae%c0%ae/export',
  '/routes?instance[]=1&sort=__proto__',
  '/routes?sort=constructor&filter=toString',
  '/keys?show=__proto__&use=constructor&sort=toString',
  '/activity?kind=__proto__&outcome=constructor',
  '/activity/export?format=__proto__',
  '/routes/health?reason=constructor',
  '/routes/health/export?reason=__proto__',
  '/api/lookup/key-search?q=__proto__',
  '/api/lookup/duplicate',
  '/api/lookup/duplicate?one=x&other[]=y',
  '/api/lookup/chats?q=a',
  '/api/lookup/persons?q=a&q=b',
  '/api/lookup/persons?q=a&rest=-5',
  '/api/lookup/tests-after?entry=../x',
  '/api/lookup/routes?instance=%00',
  '/_next/data/x/persons.json',
  '/_next/image?url=%2F%2Fevil.example%2Fa.png&w=64&q=75',
  '/_next/image?url=%2Fpersons%2Fexport&w=64&q=75',
  '/_next/image?url=%2Ficon.svg&w=64&q=75',
  '/.env',
  '/server.js',
  '/_next/static/../../server.js',
  '/_next/static/%2e%2e/%2e%2e/server.js',
];

const ODD_HEADERS: Record<string, string>[] = [
  { rsc: '1' },
  { rsc: '1', 'next-router-state-tree': 'garbage' },
  { rsc: '1', 'next-router-state-tree': '%5B%22%22%5D' },
  { rsc: '1', 'next-router-prefetch': '1' },
  { rsc: '1', 'next-router-segment-prefetch': '/_tree' },
  { rsc: '1', 'next-url': '//evil.example' },
  { 'x-middleware-subrequest': 'proxy:proxy:proxy:proxy:proxy' },
  { 'x-middleware-subrequest': 'middleware:middleware:middleware:middleware:middleware' },
  { 'x-middleware-rewrite': 'https://evil.example' },
  { 'x-middleware-override-headers': 'cookie' },
  { 'x-nextjs-data': '1' },
  { 'x-invoke-path': '/persons', 'x-invoke-status': '200' },
  { 'x-matched-path': '/persons' },
  { 'x-now-route-matches': '1=persons' },
  { 'x-console-path': '//evil.example' },
  { 'x-nonce': 'evil.example' },
  { 'content-security-policy': "script-src 'nonce-evil.example'" },
  { 'x-forwarded-host': 'evil.example' },
  { 'x-forwarded-host': 'evil.example', 'x-forwarded-proto': 'https', 'x-forwarded-port': '443' },
  { 'x-forwarded-proto': 'javascript' },
  { 'x-forwarded-prefix': '//evil.example' },
  { 'x-original-url': '/keys', 'x-rewrite-url': '/keys' },
  { 'x-http-method-override': 'DELETE' },
  { forwarded: 'for="[::1]";host=evil.example;proto=https' },
  { 'x-forwarded-for': 'evil.example, 127.0.0.1' },
  { 'accept-language': 'x'.repeat(7000) },
  { 'accept-language': `${'a,'.repeat(3000)}*;q=${'9'.repeat(300)}` },
  { [PAGE_MARK]: 'evil.example' },
  { cookie: `locale=__proto__; theme=${'"'.repeat(50)}<script>; density=constructor` },
  {
    cookie: `tz=${encodeURIComponent('../../etc/passwd')}; columns-persons=__proto__; views-keys=%7B%22__proto__%22%3A1%7D`,
  },
  { cookie: 'a=1; '.repeat(900) },
];

test('raw requests: odd paths and headers lead nowhere, keep nothing, break nothing', async ({ web, sandbox, log }) => {
  log.expectLogged(/session\.cookie_refused/);
  const me = await signedIn(web, { key: sandbox.keys.admin, server: 'Demo' });
  const wrong: string[] = [];
  let sent = 0;
  const record = (what: string, answer: RawAnswer) => {
    sent += 1;
    wrong.push(...wrongWith(answer, web.origin).map((why) => `${what}: ${why}`));
  };
  for (const path of ODD_PATHS) {
    record(path, await sendRaw(web.origin, { path }));
    record(`${path}, signed in`, await me.get(path));
  }
  for (const headers of ODD_HEADERS)
    for (const path of ['/persons', '/login', '/api/session', '/keys/export']) {
      const { cookie, ...more } = headers;
      const jar = cookie === undefined ? me.cookie : `${me.cookie}; ${cookie}`;
      record(`${path} ${JSON.stringify(headers).slice(0, 80)}`, await me.get(path, { ...more, cookie: jar }));
      const nobody = await sendRaw(web.origin, { path, headers });
      record(`${path} ${JSON.stringify(headers).slice(0, 80)}, nobody`, nobody);
      if (path !== '/login' && nobody.status === 200) wrong.push(`${path} ${JSON.stringify(headers)} answers nobody`);
    }
  expect(wrong).toEqual([]);
  console.log(`raw requests: ${sent} odd requests`);
});

test('raw requests: what is no HTTP of ours is refused, and what follows it is not taken for a request', async ({
  web,
  log,
}) => {
  log.expectLogged(/aborted|^\s/);
  const { host } = new URL(web.origin);
  const smuggled = `GET /api/health/live HTTP/1.1\r\nHost: ${host}\r\n\r\n`;
  const said: [string, string][] = [
    [
      'two lengths',
      `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 0\r\nContent-Length: 5\r\n\r\n${smuggled}`,
    ],
    [
      'a length and chunks',
      `POST /login HTTP/1.1\r\nHost: ${host}\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    [
      'chunks spelt oddly',
      `POST /login HTTP/1.1\r\nHost: ${host}\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n${smuggled}`,
    ],
    ['a folded header', `GET /persons HTTP/1.1\r\nHost: ${host}\r\nX-A: b\r\n evil: c\r\n\r\n`],
    ['a header with a bare CR', `GET /persons HTTP/1.1\r\nHost: ${host}\r\nX-A: b\rX-Evil: c\r\n\r\n`],
    ['no Host', 'GET /persons HTTP/1.1\r\n\r\n'],
    ['two Hosts', `GET /persons HTTP/1.1\r\nHost: evil.example\r\nHost: ${host}\r\nConnection: close\r\n\r\n`],
    [
      'another server’s address',
      `GET http://evil.example/persons HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n`,
    ],
    ['a header of 20 kB', `GET /persons HTTP/1.1\r\nHost: ${host}\r\nX-A: ${'a'.repeat(20_000)}\r\n\r\n`],
    ['a tunnel', `CONNECT evil.example:443 HTTP/1.1\r\nHost: evil.example:443\r\n\r\n`],
    ['a trace', `TRACE /persons HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`],
    ['no path', `OPTIONS * HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`],
  ];
  const heard: [string, number[]][] = [];
  for (const [what, bytes] of said) heard.push([what, await speak(web.origin, bytes)]);
  expect(heard.filter(([, statuses]) => statuses.some((status) => status < 400 || status >= 500))).toEqual([]);
  expect(heard.find(([what]) => what === 'a trace')).toEqual(['a trace', [405]]);
  expect(heard.find(([what]) => what === 'no path')).toEqual(['no path', [405]]);
});

test('raw requests: bodies of any kind and size are refused or said to be no good, with a line each in the log', async ({
  web,
  sandbox,
  log,
}) => {
  const me = await signedIn(web, { key: sandbox.keys.admin, server: 'Demo' });
  const { markOf } = await import('../fixtures/forge.ts');
  const own = {
    cookie: me.cookie,
    origin: web.origin,
    [PAGE_MARK]: markOf(web, { key: sandbox.keys.admin, server: 'Demo' }),
    ...ofThisBuild(),
  };
  const action = builtActions().find(({ name }) => name === 'previewAction');
  if (!action) throw new Error('previewAction is not built');
  const form = (...parts: [string, string][]) =>
    `${parts.map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join('')}--x--\r\n`;
  const types: [string, string][] = [
    ['application/json', JSON.stringify(VALID.signInAction)],
    ['application/x-www-form-urlencoded', 'operation=persons.edit'],
    ['multipart/form-data; boundary=x', form(['0', '["$K1"]'], ['1', '{}'])],
    ['multipart/form-data; boundary=x', form([`$ACTION_ID_${action.id}`, ''], ['operation', 'persons.edit'])],
    ['multipart/form-data; boundary=x', form(['$ACTION_REF_1', ''], ['$ACTION_1:0', '{"id":"x","bound":"$@1"}'])],
    ['multipart/form-data; boundary=x', form(['0', '{"then":"$1:__proto__:then","value":"x"}'], ['1', '"$@0"'])],
    ['multipart/form-data; boundary=x', form(['0', '["$1:constructor:constructor"]'], ['1', '[]'])],
    ['multipart/form-data', 'no boundary'],
    [
      'text/plain',
      '[{"operation":"persons.edit","input":{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}}]',
    ],
    ['text/plain', `[${'['.repeat(400_000)}${']'.repeat(400_000)}]`],
    ['text/plain', `[{"operation":"${'x'.repeat(900_000)}","input":null}]`],
    ['application/octet-stream', '\u0000\u0001'],
    ['text/html;charset=utf-7', '+ADw-script+AD4-'],
    ['text/plain', '[{"operation":"persons.ed'],
    ['', '[]'],
  ];
  /** Readable, and no good as arguments. */
  const readable = new Set([2, 8, 10]);
  const wrong: string[] = [];
  const again = async () => {
    const [preview] = VALID.previewAction ?? [];
    return resultOf(await sendRaw(web.origin, actionCall(action, [preview], own)))?.ok;
  };
  for (const [at, [type, body]] of types.entries())
    for (const headers of [{ 'next-action': action.id }, {}] as Record<string, string>[]) {
      const sent = { ...own, ...headers, ...(type ? { 'content-type': type } : {}) };
      const answer = await sendRaw(web.origin, { method: 'POST', path: '/persons', headers: sent, body });
      const what = `${type} ${body.slice(0, 60)}${headers['next-action'] ? '' : ', no action'}`;
      if (answer.status >= 500) wrong.push(`${what}: answers ${answer.status}`);
      if (headers['next-action'] && !readable.has(at) && answer.status !== 400)
        wrong.push(`${what}: answers ${answer.status}`);
      if (resultOf(answer)?.ok) wrong.push(`${what}: taken`);
      if (/node_modules|at async /.test(answer.text)) wrong.push(`${what}: tells of its inside`);
      if (String(answer.headers.location ?? '').includes('evil')) wrong.push(`${what}: leads away`);
    }
  const chunks = { ...own, 'next-action': action.id, 'transfer-encoding': 'chunked', 'content-type': 'text/plain' };
  for (const path of ['/persons', '/login']) {
    const sent = sendRaw(web.origin, { method: 'POST', path, headers: chunks, body: 'x'.repeat(3_000_000) });
    // Who is refused while he still sends may find the line cut.
    const status = await sent.then(
      (answer) => answer.status,
      (error: NodeJS.ErrnoException) => (error.code === 'ECONNRESET' || error.code === 'EPIPE' ? 413 : 0),
    );
    if (status < 400) wrong.push(`${path}: takes 3 MB of chunks (${status})`);
  }
  for (const id of ['', 'toString', `${action.id}0`, action.id.toUpperCase()]) {
    const headers = { ...own, 'next-action': id, 'content-type': 'text/plain' };
    const { status } = await sendRaw(web.origin, { method: 'POST', path: '/persons', headers, body: '[]' });
    if (status !== 400) wrong.push(`the action "${id}" answers ${status}`);
  }
  expect(wrong).toEqual([]);
  expect(log.lines().filter((line) => line.includes('"request.malformed"')).length).toBeGreaterThan(10);
  expect(Reflect.get({}, 'admin')).toBeUndefined();
  expect(await again(), 'it goes on as before').toBe(true);
});
