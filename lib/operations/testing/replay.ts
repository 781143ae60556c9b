/** Where lines are replayed: another sandbox than the one they were made for. */
type Place = { url: string; key: string };
type Flags = Record<string, string | true>;
type Call = { method: string; address: string; body?: unknown };

/**
 * Runs the lines of *Copy as command* as a terminal would: `curl` as it stands, `omni …` as the contract (§2.2, §3, §5) says the command
 * line calls the API, and `NAME=$(… | jq -r .data.…)`. Throws for a line it does not know and for an answer that is no success.
 */
export async function replay(lines: readonly string[], from: string, to: Place): Promise<void> {
  const names = new Map<string, string>([['OMNI_API_KEY', to.key]]);
  for (const line of lines) {
    const [, name, inner = line, path = ''] = /^(\w+)=\$\((.*) \| jq -r \.([\w.]+)\)$/s.exec(line) ?? [];
    const words = wordsOf(inner, names);
    const { method, address, body } = words[0] === 'curl' ? curlCall(words, from) : omniCall(words);
    const answer = await fetch(`${to.url}/api/v2${address}`, {
      method,
      headers: { 'x-api-key': to.key, 'Content-Type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${line}: ${answer.status} ${await answer.text()}`);
    if (name === undefined) continue;
    const found = path
      .split('.')
      .reduce<unknown>(
        (part, key) => (typeof part === 'object' && part !== null ? new Map(Object.entries(part)).get(key) : undefined),
        await answer.json(),
      );
    names.set(name, String(found));
  }
}

/** The words of a line as `sh` splits it; variables stand in double quotes only. */
export function wordsOf(line: string, names: ReadonlyMap<string, string>): string[] {
  const words: string[] = [];
  let word: string | null = null;
  for (let at = 0; at < line.length;) {
    const letter = line[at] ?? '';
    if (letter === ' ') {
      if (word !== null) words.push(word);
      word = null;
      at += 1;
    } else if (letter === "'" || letter === '"') {
      const end = line.indexOf(letter, at + 1);
      const inside = line.slice(at + 1, end);
      word =
        (word ?? '') +
        (letter === '"' ? inside.replaceAll(/\$(\w+)/g, (_, name: string) => names.get(name) ?? '') : inside);
      at = end + 1;
    } else {
      const escaped = letter === '\\';
      word = (word ?? '') + (escaped ? (line[at + 1] ?? '') : letter);
      at += escaped ? 2 : 1;
    }
  }
  return word === null ? words : [...words, word];
}

function curlCall(words: readonly string[], from: string): Call {
  const after = (flag: string) => words[words.indexOf(flag) + 1] ?? '';
  const url = words.find((word) => word.startsWith(from)) ?? '';
  const body = words.includes('-d') ? { body: JSON.parse(after('-d')) as unknown } : {};
  return { method: after('-X'), address: url.slice(`${from}/api/v2`.length), ...body };
}

function omniCall([, room = '', verb = '', ...rest]: readonly string[]): Call {
  const { flags, args } = flagsOf(rest);
  const [id = ''] = args;
  const one = `/${room}/${id}`;
  switch (`${room} ${verb}`) {
    case 'persons merge':
      return {
        method: 'POST',
        address: '/persons/merge',
        body: { sourcePersonId: id, targetPersonId: args[1], reason: flags.reason },
      };
    case 'persons update':
      return { method: 'PATCH', address: one, body: renamed(flags, PERSON) };
    case 'keys create':
      return { method: 'POST', address: '/keys', body: renamed(flags, KEY) };
    case 'keys update':
      return { method: 'PATCH', address: one, body: renamed(flags, KEY) };
    case 'keys revoke':
      return { method: 'POST', address: `${one}/revoke`, body: { reason: flags.reason } };
    case 'keys delete':
      return { method: 'DELETE', address: one };
    default:
      return routesCall(verb, id, flags);
  }
}

function routesCall(verb: string, id: string, { instance, ...flags }: Flags): Call {
  const all = `/instances/${String(instance)}/routes`;
  if (verb === 'create') return { method: 'POST', address: all, body: renamed(flags, ROUTE) };
  if (verb === 'update') return { method: 'PATCH', address: `${all}/${id}`, body: renamed(flags, ROUTE) };
  if (verb === 'delete') return { method: 'DELETE', address: `${all}/${id}` };
  throw new Error(`the command line has no "${verb}" here`);
}

type Field = [name: string, read: (text: string | true) => unknown];
const text: Field[1] = String;
const number: Field[1] = Number;
const list: Field[1] = (value) => String(value).split(',');
const json: Field[1] = (value) => JSON.parse(String(value));
const yes: Field[1] = () => true;
const no: Field[1] = () => false;

const PERSON: Record<string, Field> = {
  name: ['displayName', text],
  phone: ['primaryPhone', text],
  email: ['primaryEmail', text],
  avatar: ['avatarUrl', text],
  metadata: ['metadata', json],
};
const KEY: Record<string, Field> = {
  name: ['name', text],
  description: ['description', text],
  scopes: ['scopes', list],
  instances: ['instanceIds', list],
  'rate-limit': ['rateLimit', number],
  expires: ['expiresAt', text],
};
const ROUTE: Record<string, Field> = {
  scope: ['scope', text],
  chat: ['chatId', text],
  person: ['personId', text],
  agent: ['agentId', text],
  label: ['label', text],
  priority: ['priority', number],
  timeout: ['agentTimeout', number],
  'gate-model': ['agentGateModel', text],
  'gate-prompt': ['agentGatePrompt', text],
  active: ['isActive', yes],
  inactive: ['isActive', no],
  ...Object.fromEntries(
    Object.entries({
      stream: 'agentStreamMode',
      'prefix-sender': 'agentPrefixSenderName',
      'wait-media': 'agentWaitForMedia',
      'send-media-path': 'agentSendMediaPath',
      gate: 'agentGateEnabled',
    }).flatMap(([flag, name]): [string, Field][] => [
      [flag, [name, yes]],
      [`no-${flag}`, [name, no]],
    ]),
  ),
};

function renamed(flags: Flags, fields: Record<string, Field>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(flags).map(([flag, value]) => {
      const field = fields[flag];
      if (!field) throw new Error(`the command line has no --${flag} here`);
      return [field[0], field[1](value)];
    }),
  );
}

function flagsOf(words: readonly string[]): { flags: Flags; args: string[] } {
  const flags: Flags = {};
  const args: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const next = words[at + 1];
    if (!word.startsWith('--')) args.push(word);
    else if (next === undefined || next.startsWith('--')) flags[word.slice(2)] = true;
    else {
      flags[word.slice(2)] = next;
      at += 1;
    }
  }
  return { flags, args };
}
