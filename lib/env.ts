import 'server-only';
import { readFileSync } from 'node:fs';
import { isIP } from 'node:net';
import { z } from 'zod';
import { localSecrets } from './local-secrets.ts';

const MINIMUM_SECRET = 32;

/** `2:newest,1:older` → { 2: …, 1: … }; the highest id seals, all ids open. */
const secretMap = z.string().transform((text, context) => {
  const map: Record<string, string> = {};
  const refuse = (message: string) => {
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  };
  for (const part of text.split(',')) {
    const [, id, secret] = /^\s*(\d{1,9}):(.+?)\s*$/.exec(part) ?? [];
    if (!id || !secret) return refuse('must be written as "2:newest,1:older"');
    if (map[Number(id)] !== undefined) return refuse(`has two secrets with the id ${id}`);
    if (secret.length < MINIMUM_SECRET) return refuse(`secret ${id} is shorter than ${MINIMUM_SECRET} characters`);
    map[Number(id)] = secret;
  }
  return map;
});

/** Wrong entries are named by their place, not shown: an address may hold a password. */
const serverList = z.string().transform((text, context) => {
  const servers = text.split(',').map((part, index) => {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    const url = URL.parse(part.slice(at + 1).trim());
    if (at < 1 || !name || !url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search) {
      const message = `entry ${index + 1} is not written as "name=https://address" (without user, password or query)`;
      context.addIssue({ code: 'custom', message });
      return { id: String(index), name: '', url: '' };
    }
    const path = url.pathname.replace(/\/api\/v2\/?$/, '').replace(/\/+$/, '');
    return { id: slug(name), name, url: url.origin + path };
  });
  if (new Set(servers.map((server) => server.id)).size !== servers.length) {
    context.addIssue({ code: 'custom', message: 'has two servers with the same name' });
  }
  return servers;
});

/** "São Paulo" → "sao-paulo": part of a cookie's name. */
function slug(name: string): string {
  const plain = name.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
  return plain.replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'server';
}

const list = (isEntry: (entry: string) => boolean, message: string) =>
  z
    .string()
    .transform((text) => text.split(',').flatMap((part) => part.trim() || []))
    .refine((entries) => entries.every(isEntry), message);
const networks = list(isNetwork, 'must be addresses or networks such as 10.0.0.0/8, comma separated');
const hosts = list(
  (entry) => /^(\*\.)?([a-z0-9-]+\.)*[a-z0-9-]+(:\d+)?$/i.test(entry),
  'must be host names such as pps.example.com, comma separated',
);

const names = list(
  (entry) => /^[^\p{Cc}=]+$/u.test(entry),
  'must be names from OMNI_SERVERS, comma separated',
).transform((entries) => entries.map(slug));

function isNetwork(entry: string): boolean {
  const [address = '', bits, ...rest] = entry.split('/');
  const family = isIP(address);
  const widest = family === 6 ? 128 : 32;
  return (
    family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= widest))
  );
}

const flag = z.enum(['0', '1'], 'must be 0 or 1').transform((value) => value === '1');
const whole = (least: number, most: number) => {
  const message = `must be a whole number from ${least} to ${most}`;
  return z.coerce.number(message).int(message).min(least, message).max(most, message);
};
const minutes = whole(1, 60 * 24 * 30);
const ORIGIN = 'must be an origin such as https://console.example.com, without a path';

function httpOrigin(text: string): string | undefined {
  const url = URL.parse(text);
  return url && /^https?:$/.test(url.protocol) ? url.origin : undefined;
}

function isPostgres(text: string): boolean {
  return /^postgres(ql)?:\/\//.test(text) && URL.canParse(text);
}

const schema = z.object({
  PORT: whole(0, 65_535).default(3000),
  APP_ORIGIN: z
    .string()
    .refine((value) => value === httpOrigin(value), ORIGIN)
    .optional(),
  OMNI_SERVERS: serverList.prefault('Local=http://127.0.0.1:8882'),
  OMNI_PRODUCTION: names.prefault(''),
  HOSTNAME: z
    .string()
    .regex(/^[\w.:%[\]-]+$/, 'must be an address or a host name')
    .optional(),
  OMNI_RECOVER: z.enum(['pm2'], 'must be pm2 or nothing').optional(),
  OMNI_RECOVER_REMOTE: flag.prefault('0'),
  OMNI_ALLOW_ANY_SERVER: flag.prefault('0'),
  OMNI_ALLOW_NETS: networks.prefault(''),
  OMNI_IMAGE_HOSTS: hosts.prefault(''),
  OMNI_INSECURE_HTTP: flag.prefault('0'),
  OMNI_KIT: flag.prefault('0'),
  TRUSTED_PROXIES: networks.prefault(''),
  SESSION_PASSWORDS: secretMap.optional(),
  SESSION_IDLE_MINUTES: minutes.default(120),
  SESSION_MAX_MINUTES: minutes.default(720),
  SIGN_IN_TRIES: whole(1, 100_000).default(10),
  STORE_KEYS: secretMap.optional(),
  STORE_FILE: z.string().min(1).default('.data/console.db'),
  JOURNAL_DAYS: whole(1, 3650).default(90),
  DATABASE_URL: z
    .string()
    .refine(isPostgres, 'must be an address that starts with postgres:// or postgresql://')
    .optional(),
  DEFAULT_PHONE_REGION: z
    .string()
    .regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as BR')
    .default('BR'),
  ACTIVITY_LOG: z.enum(['stdout'], 'must be stdout or nothing').optional(),
  METRICS_LOOPBACK: flag.prefault('0'),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters long').optional(),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .refine((value) => httpOrigin(value) !== undefined, 'must be an http or https address')
    .optional(),
  LOG_LEVEL: z
    .enum(['debug', 'info', 'warn', 'error', 'silent'], 'must be debug, info, warn, error or silent')
    .default('info'),
});

/** The configuration of this process. Secrets are filled in from `.data/` outside production. */
export type Env = Omit<z.infer<typeof schema>, 'APP_ORIGIN' | 'SESSION_PASSWORDS' | 'STORE_KEYS'> & {
  APP_ORIGIN: string;
  SESSION_PASSWORDS: Record<string, string>;
  STORE_KEYS: Record<string, string>;
  production: boolean;
};

/** Thrown by `parseEnv`; its message is one sentence per wrong value, fit for a terminal. */
export class EnvError extends Error {
  override name = 'EnvError';
}

/** Names of all variables the console reads, for `.env.example` and its test. */
export const ENV_NAMES: readonly string[] = Object.keys(schema.shape);

/** What may stand in a file instead, named by the variable with `_FILE` behind it: what a container gets as a secret. */
const SECRETS = ['SESSION_PASSWORDS', 'STORE_KEYS', 'DATABASE_URL', 'METRICS_TOKEN'] as const;

/** A configuration with the secrets that it names by file. Throws `EnvError` where one is given twice or can't be read. */
export function withSecretFiles(source: Record<string, string | undefined>): Record<string, string | undefined> {
  const problems: string[] = [];
  const read = SECRETS.flatMap((name) => {
    const file = source[`${name}_FILE`]?.trim();
    if (!file) return [];
    if (source[name]?.trim()) problems.push(`${name} and ${name}_FILE are both set: keep one.`);
    try {
      return [[name, readFileSync(file, 'utf8').trim()]];
    } catch {
      problems.push(`${name}_FILE names a file that can't be read.`);
      return [];
    }
  });
  if (problems.length > 0) throw new EnvError(problems.join('\n'));
  return { ...source, ...Object.fromEntries(read) };
}

/**
 * Parses a configuration. Empty strings count as absent. Throws `EnvError` naming each wrong variable, never its value
 * where that could be a secret.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(ENV_NAMES.map((name) => [name, source[name]?.trim() || undefined]));
  const parsed = schema.safeParse(given);
  if (!parsed.success) {
    throw new EnvError(parsed.error.issues.map((issue) => `${String(issue.path[0])} ${issue.message}.`).join('\n'));
  }
  const production = source.NODE_ENV === 'production';
  const value = parsed.data;
  const problems: string[] = [];
  if (production && !value.APP_ORIGIN)
    problems.push('APP_ORIGIN is missing: set it to the address people open, such as https://console.example.com.');
  const origin = value.APP_ORIGIN ?? `http://127.0.0.1:${value.PORT}`;
  const local = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin);
  if (origin.startsWith('http:') && !local && !value.OMNI_INSECURE_HTTP) {
    problems.push(
      'APP_ORIGIN is plain http on a host that is not this machine: use https, or set OMNI_INSECURE_HTTP=1 if you accept that keys travel in clear.',
    );
  }
  for (const name of ['SESSION_PASSWORDS', 'STORE_KEYS'] as const) {
    if (production && !value[name])
      problems.push(`${name} is missing: set it to "1:" and at least ${MINIMUM_SECRET} random characters.`);
  }
  if (value.SESSION_IDLE_MINUTES > value.SESSION_MAX_MINUTES)
    problems.push('SESSION_IDLE_MINUTES is longer than SESSION_MAX_MINUTES.');
  const unlisted = value.OMNI_PRODUCTION.filter((id) => !value.OMNI_SERVERS.some((server) => server.id === id));
  if (unlisted.length > 0)
    problems.push(`OMNI_PRODUCTION names ${unlisted.join(', ')}, which OMNI_SERVERS does not list.`);
  if (problems.length > 0) throw new EnvError(problems.join('\n'));
  const secrets = value.SESSION_PASSWORDS && value.STORE_KEYS ? undefined : localSecrets();
  return {
    ...value,
    APP_ORIGIN: origin,
    SESSION_PASSWORDS: value.SESSION_PASSWORDS ?? { 1: secrets?.session ?? '' },
    STORE_KEYS: value.STORE_KEYS ?? { 1: secrets?.store ?? '' },
    production,
  };
}

let current: Env | undefined;

/** The configuration, parsed at the first call (a build needs no secrets). Throws `EnvError`. */
export function env(): Env {
  current ??= parseEnv(withSecretFiles(process.env));
  return current;
}
