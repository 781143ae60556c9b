import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { expect, test } from '../fixtures/test.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const PERSON = 'dddddd22-0000-4000-8000-000000000022';
const OTHER = 'dddddd20-0000-4000-8000-000000000020';
const CHAT = 'cccccc01-0000-4000-8000-000000000001';
const AT_ONCE = 4;

/** What is read, by its scope: the calls, and what a page may claim only where it was read. */
const READS = {
  'agents:read': { path: '/api/v2/agents(/|$)', none: /agent not found|agent that doesn’t exist|no default agent/i },
  'providers:read': { path: '/api/v2/providers(/|$)', none: /provider not found|no provider\b/i },
  'chats:read': { path: '/api/v2/chats(/|$)', none: /the chat doesn’t exist/i },
  'persons:read': { path: '/api/v2/persons(/|$)', none: /no people yet|no identity on (this|a\w+) instance/i },
  'access:read': { path: '/api/v2/access(/|$)', none: /No access rule names|Answered by|Answered on/ },
  'instances:read': {
    path: '/api/v2/instances(/[0-9a-f-]{36}(/status)?)?$',
    none: /no identity on any instance|No active instances|No route names/i,
  },
} as const;

type Read = keyof typeof READS;

const FAULTS = {
  '500': { kind: 'status', status: 500 },
  '403': { kind: 'status', status: 403 },
  nothing: { kind: 'cut' },
} as const;

type Fault = keyof typeof FAULTS;

/** The pages where access rules decide what is said. */
const VERDICTS: readonly string[] = [`/persons/${PERSON}`];

const SHARE = [
  '/',
  `/persons/${PERSON}`,
  `/persons/merge?into=${PERSON}&from=${OTHER}`,
  '/routes',
  '/routes/health',
  '/routes/coverage',
  '/routes/tests',
  `/routes/test?instance=${WHATSAPP}&chat=${CHAT}&person=${PERSON}`,
  `/routes/new?instance=${WHATSAPP}&person=${PERSON}`,
];

const ALL = [
  ...SHARE,
  '/persons',
  '/persons?q=Silva',
  `/persons/merge-many?ids=${PERSON},${OTHER}`,
  `/persons/link?from=${PERSON}`,
  '/persons/merge',
  `/routes?instance=${WHATSAPP}`,
  '/routes/new',
  `/routes/test?instance=${WHATSAPP}`,
  `/routes/test?instance=${WHATSAPP}&person=${OTHER}`,
  '/keys',
  '/keys/new',
  '/status',
  '/account',
  '/activity',
];

const VIEWER = Object.keys(READS).concat('routes:read', 'keys:read');
const KEYS: Record<string, string[]> = process.env.SOAK
  ? {
      admin: ['*'],
      viewer: VIEWER,
      support: ['persons:read', 'persons:write', 'chats:read', 'routes:read', 'instances:read'],
      'routes only': ['routes:read', 'routes:write'],
    }
  : { admin: ['*'] };
const PAGES = process.env.SOAK ? ALL : SHARE;

/** A new key, so that nothing it was told before is kept. */
async function cookieWith(omni: Control, web: RunningConsole, scopes: string[]): Promise<string> {
  const secret = `omni_sk_${crypto.randomUUID().replaceAll('-', '')}`;
  await omni.rows({ api_keys: [{ secret, scopes }] });
  const { forgeCookies } = await import('../fixtures/forge.ts');
  const cookies = await forgeCookies(web, { key: secret, server: 'Demo', scopes });
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

/** What a page shows, its late parts too. */
async function shownAt(web: RunningConsole, path: string, cookie: string): Promise<string> {
  const answer = await fetch(`${web.origin}${path}`, {
    headers: { cookie, 'accept-language': 'en' },
    redirect: 'manual',
  });
  const html = await answer.text();
  return html
    .replaceAll(/<(script|style|template)\b[\s\S]*?<\/\1>/g, ' ')
    .replaceAll(/<[^>]+>/g, ' ')
    .replaceAll('&#x27;', "'")
    .replaceAll(/\s+/g, ' ');
}

/** What a page says that nobody can know while a read does not answer. */
function wrongIn(text: string, path: string, read: Read, fault: Fault, scopes: string[]): string[] {
  const held = allows(scopes, read) === 'yes';
  const needs = new RegExp(`\\bneeds ${read}`, 'i').test(text);
  const claims = READS[read].none.exec(text)?.[0];
  const asks = read !== 'access:read' || VERDICTS.includes(path);
  return [
    ...(held && needs && fault !== '403' ? [`says “needs ${read}” though the read failed`] : []),
    ...(held && /your key can’t (see|read)/i.test(text) && fault !== '403' ? ['says that the key can’t read it'] : []),
    ...(claims && asks ? [`says “${claims}” though it is unknown`] : []),
    ...(/NaN|\[object|undefined/.test(text) ? ['shows what is no word'] : []),
  ];
}

for (const [name, scopes] of Object.entries(KEYS)) {
  test(`reads that fail, as ${name}: no page calls them a missing permission, and none says “none” where it is unknown`, async ({
    web,
    omni,
  }) => {
    const wrong: string[] = [];
    let asked = 0;
    for (const read of Object.keys(READS) as Read[]) {
      for (const fault of Object.keys(FAULTS) as Fault[]) {
        const cookie = await cookieWith(omni, web, scopes);
        const message = `Insufficient permissions. Required scope: ${read}`;
        await omni.fault({
          ...FAULTS[fault],
          path: READS[read].path,
          times: null,
          ...(fault === '403' ? { body: { error: { code: 'FORBIDDEN', message } } } : {}),
        });
        const queue = PAGES.values();
        const work = async () => {
          for (const path of queue) {
            asked += 1;
            const text = await shownAt(web, path, cookie);
            for (const what of wrongIn(text, path, read, fault, scopes))
              wrong.push(`${path}, ${read} answers ${fault}: ${what}`);
          }
        };
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        await omni.clearFaults();
      }
    }
    const faults = Object.keys(READS).length * Object.keys(FAULTS).length;
    process.stdout.write(`reads that fail, as ${name}: ${PAGES.length} pages × ${faults} faults = ${asked} pages\n`);
    expect(wrong).toEqual([]);
    expect(asked).toBe(PAGES.length * faults);
  });
}
