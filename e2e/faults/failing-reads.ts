import { allows } from '#lib/scopes/scopes.ts';
import type { Control } from '../../sandbox/wire/control/control-client.ts';

export const WHATSAPP = '11111111-1111-4111-8111-111111111111';
export const PERSON = 'dddddd22-0000-4000-8000-000000000022';
const THIRD = 'dddddd01-0000-4000-8000-000000000001';
export const OTHER = 'dddddd20-0000-4000-8000-000000000020';
const CHAT = 'cccccc01-0000-4000-8000-000000000001';

/** What is read, by its scope: the calls, and what a page may claim only where it was read. */
export const READS = {
  'agents:read': { path: '/api/v2/agents(/|$)', none: /agent not found|agent (\S+ )?(that )?doesn’t exist/i },
  'providers:read': {
    path: '/api/v2/providers(/|$)',
    // That an agent names no provider is known from the agent.
    none: /provider not found|(?<!the agent has )no provider\b|provider of .+ doesn’t exist/i,
  },
  'chats:read': { path: '/api/v2/chats(/|$)', none: /the chat doesn’t exist|chat not found/i },
  'persons:read': {
    path: '/api/v2/persons(/|$)',
    none: /no people yet|no identity on|no results|no (possible |likely )?duplicates|person not found|not found$|nobody fits/i,
  },
  'access:read': { path: '/api/v2/access(/|$)', none: /no access rule|no rule blocks/i },
  'instances:read': {
    path: '/api/v2/instances(/[0-9a-f-]{36}(/status)?)?$',
    none: /no default agent|no identity on any instance|no active instances|no routes?\b|no problems found/i,
  },
} as const;

export type Read = keyof typeof READS;

export const FAULTS = {
  '500': { kind: 'status', status: 500 },
  '403': { kind: 'status', status: 403 },
  'by a cut': { kind: 'cut' },
  /** Longer than the console waits. */
  nothing: { kind: 'hold' },
} as const;

export type ReadFault = keyof typeof FAULTS;

/** Said of a person only where access rules were read, on these pages. */
const ANSWERED = /Answered (by|on) /;
const VERDICTS: readonly string[] = [
  `/persons/${PERSON}`,
  `/routes/test?instance=${WHATSAPP}&chat=${CHAT}&person=${PERSON}`,
];

export const SHARE = [
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

export const MORE = [
  `/persons/${PERSON}?block=${PERSON}`,
  `/persons/merge-many?ids=${PERSON},${OTHER},${THIRD}`,
  `/persons/link?from=${PERSON}`,
  `/persons/duplicates?q=Silva`,
  `/routes?instance=${WHATSAPP}`,
  `/routes/test?instance=${WHATSAPP}`,
  `/routes/test?instance=${WHATSAPP}&person=${OTHER}`,
];

export const SOAK = Boolean(process.env.SOAK);
const VIEWER = Object.keys(READS).concat('routes:read', 'keys:read');
/** Kinds of keys by their scopes; null where the console does not know them. */
export const KEYS: Record<string, string[] | null> = SOAK
  ? {
      admin: ['*'],
      'a key of unknown scopes': null,
      viewer: VIEWER,
      support: ['persons:read', 'persons:write', 'chats:read', 'routes:read', 'instances:read'],
      'routes only': ['routes:read', 'routes:write'],
      'keys only': ['keys:read', 'keys:write'],
    }
  : { admin: ['*'] };

/** From now on a read fails; with 403 Omni says which scope is missing. */
export async function fail(omni: Control, read: Read, fault: ReadFault): Promise<void> {
  const message = `Insufficient permissions. Required scope: ${read}`;
  const refused = fault === '403' ? { body: { error: { code: 'FORBIDDEN', message } } } : {};
  await omni.fault({ ...FAULTS[fault], path: READS[read].path, times: null, ...refused });
}

/** A text as its sentences. */
export function sentencesIn(text: string): string[] {
  const all = text.split(/\n|(?<=[.!?]) (?=\p{Lu})/u).map((sentence) => sentence.replaceAll(/\s+/g, ' ').trim());
  return all.filter(Boolean);
}

/** A page as it reads while something fails, and as it reads where nothing does. */
export type Reading = { path: string; sentences: readonly string[]; well: ReadonlySet<string> };

/** What a page says that nobody can know while a read does not answer. A permission that is missing anyhow may be told. */
export function wrongIn(
  { path, sentences, well }: Reading,
  read: Read,
  fault: ReadFault,
  scopes: string[] | null,
): string[] {
  const added = sentences.filter((sentence) => !well.has(sentence));
  const failed = allows(scopes, read) !== 'no' && fault !== '403';
  // What is no id, or names nothing, is refused without a read.
  const asks = !/([/=]1|\/unlink)$/.test(path);
  const { none } = READS[read];
  const saying = (all: readonly string[], words: RegExp) =>
    all.filter((sentence) => words.test(sentence)).map((sentence) => `“${sentence}”`);
  return [
    ...(failed ? saying(added, new RegExp(`\\bneeds ${read}|your key can’t (see|read)`, 'i')) : []),
    ...(asks ? saying(sentences, none) : []),
    ...(read === 'access:read' && VERDICTS.includes(path) ? saying(sentences, ANSWERED) : []),
    ...saying(sentences, /NaN|\[object|undefined/),
  ];
}

/**
 * A table of pages × faults: how many sentences of a page are others than where nothing fails, `·` where none is, and `!` where one
 * says more than is known. `cells` by path and `<read> <fault>`.
 */
export function tableOf(cells: ReadonlyMap<string, ReadonlyMap<string, { others: number; wrong: number }>>): string {
  const faults = Object.keys(FAULTS) as ReadFault[];
  const reads = Object.keys(READS) as Read[];
  const width = Math.max(...[...cells.keys()].map((path) => shortened(path).length));
  const of = (read: string) => faults.map((fault) => `${read} ${fault}`);
  const head = reads.map((read) => read.replace(':read', '').padEnd(faults.length * 4)).join('');
  const marks = (path: string) => (column: string) => {
    const { others = 0, wrong = 0 } = cells.get(path)?.get(column) ?? {};
    return `${wrong > 0 ? '!' : others > 0 ? Math.min(others, 999) : '·'}`.padEnd(4);
  };
  const lines = [...cells.keys()].map((path) =>
    `  ${shortened(path).padEnd(width)}  ${reads.flatMap(of).map(marks(path)).join('')}`.trimEnd(),
  );
  return [`  ${''.padEnd(width)}  ${head}`, ...lines, `  (of each: ${faults.join(', ')})`].join('\n');
}

/** An address without the ids that make it long. */
function shortened(path: string): string {
  return path.replaceAll(/[0-9a-f]{8}-[0-9a-f-]{27}/g, '…').slice(0, 60);
}

/** The pages of which parts are read by the browser. */
export const LATE = [
  '/persons?q=Silva',
  `/persons/merge?into=${PERSON}&from=${OTHER}`,
  '/routes',
  ...(SOAK ? ['/persons', '/persons/access-rules', `/persons/${PERSON}`, '/routes/health', '/routes/tests'] : []),
];
