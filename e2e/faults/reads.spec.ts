import type { Control } from '../../sandbox/wire/control/control-client.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { PAGES } from '../a11y/page-list.ts';
import { expect, test } from '../fixtures/test.ts';

const WHATSAPP = '11111111-1111-4111-8111-111111111111';
const PERSON = 'dddddd22-0000-4000-8000-000000000022';
const OTHER = 'dddddd20-0000-4000-8000-000000000020';
const CHAT = 'cccccc01-0000-4000-8000-000000000001';
const AT_ONCE = 4;
/** More of them, where all of them wait. */
const HELD_AT_ONCE = 20;

/** What is read, by its scope: the calls, and what a page may claim only where it was read. */
const READS = {
  'agents:read': { path: '/api/v2/agents(/|$)', none: /agent not found|agent that doesn’t exist/i },
  'providers:read': { path: '/api/v2/providers(/|$)', none: /provider not found|no provider\b/i },
  'chats:read': { path: '/api/v2/chats(/|$)', none: /the chat doesn’t exist/i },
  'persons:read': { path: '/api/v2/persons(/|$)', none: /no people yet|no identity on (this|a\w+) instance/i },
  'access:read': { path: '/api/v2/access(/|$)', none: /No access rule names|Answered by|Answered on/ },
  'instances:read': {
    path: '/api/v2/instances(/[0-9a-f-]{36}(/status)?)?$',
    none: /no default agent|no identity on any instance|No active instances|No route names/i,
  },
} as const;

type Read = keyof typeof READS;

const FAULTS = {
  '500': { kind: 'status', status: 500 },
  '403': { kind: 'status', status: 403 },
  'by a cut': { kind: 'cut' },
  /** Longer than the console waits. */
  nothing: { kind: 'hold' },
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
  '/routes/tests',
  `/routes/test?instance=${WHATSAPP}&chat=${CHAT}&person=${PERSON}`,
  `/routes/new?instance=${WHATSAPP}&person=${PERSON}`,
];

const MORE = [
  `/persons/${PERSON}?block=${PERSON}`,
  `/persons/merge-many?ids=${PERSON},${OTHER}`,
  `/persons/link?from=${PERSON}`,
  `/persons/duplicates?q=Silva`,
  `/routes?instance=${WHATSAPP}`,
  `/routes/test?instance=${WHATSAPP}`,
  `/routes/test?instance=${WHATSAPP}&person=${OTHER}`,
];

const SOAK = Boolean(process.env.SOAK);
const VIEWER = Object.keys(READS).concat('routes:read', 'keys:read');
const KEYS: Record<string, string[]> = SOAK
  ? {
      admin: ['*'],
      viewer: VIEWER,
      support: ['persons:read', 'persons:write', 'chats:read', 'routes:read', 'instances:read'],
      'routes only': ['routes:read', 'routes:write'],
    }
  : { admin: ['*'] };

/** The addresses that are read: a share of them, under `SOAK` every page of the console. */
async function addresses(omni: Control): Promise<string[]> {
  if (!SOAK) return SHARE;
  const named = Object.values(PAGES).filter(({ at, as }) => as === undefined && !String(at).startsWith('/dev/'));
  const all = await Promise.all(named.map(({ at }) => (typeof at === 'string' ? at : at(omni))));
  return [...new Set([...SHARE, ...MORE, ...all])];
}

/** A new key, so that nothing it was told before is kept. */
async function cookieWith(omni: Control, web: RunningConsole, scopes: string[]): Promise<string> {
  const secret = `omni_sk_${crypto.randomUUID().replaceAll('-', '')}`;
  await omni.rows({ api_keys: [{ secret, scopes }] });
  const { forgeCookies } = await import('../fixtures/forge.ts');
  const cookies = await forgeCookies(web, { key: secret, server: 'Demo', scopes });
  return cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
}

const WITHIN_A_LINE =
  /<\/?(a|abbr|b|bdi|code|del|em|i|ins|kbd|mark|q|s|small|span|strong|time|wbr)\b[^>]*>|<!--[\s\S]*?-->/g;

/** The sentences that a page shows, its late parts too. */
async function sentencesAt(web: RunningConsole, path: string, cookie: string): Promise<string[]> {
  const answer = await fetch(`${web.origin}${path}`, {
    headers: { cookie, 'accept-language': 'en' },
    redirect: 'manual',
  });
  const html = await answer.text();
  return html
    .replaceAll(/<(script|style|template)\b[\s\S]*?<\/\1>/g, '\n')
    .replaceAll(WITHIN_A_LINE, '')
    .replaceAll(/<[^>]+>/g, '\n')
    .replaceAll('&#x27;', "'")
    .split(/\n|(?<=[.!?]) (?=\p{Lu})/u)
    .map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim())
    .filter(Boolean);
}

/** What a page says that nobody can know while a read does not answer. `added`: the sentences that the fault adds. */
function wrongIn(added: string[], path: string, read: Read, fault: Fault, scopes: string[]): string[] {
  const held = allows(scopes, read) === 'yes';
  const asks = read !== 'access:read' || VERDICTS.includes(path);
  const says = (words: RegExp) => added.filter((sentence) => words.test(sentence)).map((sentence) => `“${sentence}”`);
  const failed = held && fault !== '403';
  return [
    ...(failed ? says(new RegExp(`\\bneeds ${read}|your key can’t (see|read)`, 'i')) : []),
    ...(asks ? says(READS[read].none) : []),
    ...says(/NaN|\[object|undefined/),
  ];
}

/** Does one thing for each path, several at once. */
async function eachOf(paths: readonly string[], most: number, work: (path: string) => Promise<void>): Promise<void> {
  const queue = paths.values();
  const worker = async () => {
    for (const path of queue) await work(path);
  };
  await Promise.all(Array.from({ length: most }, worker));
}

for (const [name, scopes] of Object.entries(KEYS)) {
  test(`reads that fail, as ${name}: no page calls them a missing permission, and none says “none” where it is unknown`, async ({
    web,
    omni,
  }) => {
    if (SOAK) test.setTimeout(3_600_000);
    const paths = await addresses(omni);
    const faults = (Object.keys(FAULTS) as Fault[]).filter((fault) => SOAK || fault !== 'nothing');
    const wrong: string[] = [];
    const well = new Map<string, Set<string>>();
    const unharmed = await cookieWith(omni, web, scopes);
    await eachOf(paths, AT_ONCE, async (path) => {
      const sentences = await sentencesAt(web, path, unharmed);
      well.set(path, new Set(sentences));
      // What the key can't read is as unknown as what failed.
      const barred = (Object.keys(READS) as Read[]).filter((read) => allows(scopes, read) === 'no');
      for (const read of barred)
        for (const what of wrongIn(sentences, path, read, '403', scopes))
          wrong.push(`${path}, without ${read}: ${what}`);
    });
    let [asked, differing] = [0, 0];
    for (const read of Object.keys(READS) as Read[]) {
      for (const fault of faults) {
        const cookie = await cookieWith(omni, web, scopes);
        const message = `Insufficient permissions. Required scope: ${read}`;
        await omni.fault({
          ...FAULTS[fault],
          path: READS[read].path,
          times: null,
          ...(fault === '403' ? { body: { error: { code: 'FORBIDDEN', message } } } : {}),
        });
        let here = 0;
        await eachOf(paths, fault === 'nothing' ? HELD_AT_ONCE : AT_ONCE, async (path) => {
          const sentences = await sentencesAt(web, path, cookie);
          const added = sentences.filter((sentence) => !well.get(path)?.has(sentence));
          asked += 1;
          if (added.length > 0) here += 1;
          for (const what of wrongIn(added, path, read, fault, scopes))
            wrong.push(`${path}, ${read} answers ${fault}: ${what}`);
        });
        await omni.clearFaults();
        differing += here;
        if (SOAK) process.stdout.write(`  ${name} · ${read} answers ${fault}: ${paths.length} pages, ${here} say so\n`);
      }
    }
    const counted = `${paths.length} pages × ${Object.keys(READS).length * faults.length} faults = ${asked} pages`;
    process.stdout.write(
      `reads that fail, as ${name}: ${counted}, ${differing} of them say so, ${wrong.length} wrongly\n`,
    );
    expect(wrong).toEqual([]);
    expect(asked).toBe(paths.length * Object.keys(READS).length * faults.length);
    if (Object.keys(READS).some((read) => allows(scopes, read) === 'yes')) expect(differing).toBeGreaterThan(0);
  });
}
