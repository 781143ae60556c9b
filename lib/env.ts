import 'server-only';
import { z } from 'zod';
import { localSecrets } from './local-secrets.ts';

const MINIMUM_SECRET = 32;

/** `2:newest,1:older` → { 2: …, 1: … }; the highest id seals, all ids open. */
const secretMap = z.string().transform((text, context) => {
  const map: Record<string, string> = {};
  for (const part of text.split(',')) {
    const match = /^\s*(\d+):(.+?)\s*$/.exec(part);
    const [, id, secret] = match ?? [];
    if (!id || !secret) {
      context.addIssue({ code: 'custom', message: 'must be written as "2:newest,1:older"' });
      return z.NEVER;
    }
    if (secret.length < MINIMUM_SECRET) {
      context.addIssue({ code: 'custom', message: `secret ${id} is shorter than ${MINIMUM_SECRET} characters` });
      return z.NEVER;
    }
    map[id] = secret;
  }
  return map;
});

const serverList = z.string().transform((text, context) => {
  const servers = text.split(',').map((part) => {
    const at = part.indexOf('=');
    const name = part.slice(0, at).trim();
    const url = URL.parse(part.slice(at + 1).trim());
    if (at < 1 || !name || !url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.search) {
      context.addIssue({ code: 'custom', message: `"${part.trim()}" is not written as "name=https://address"` });
      return { id: '', name: '', url: '' };
    }
    const id = name.normalize('NFD').toLowerCase().replaceAll(/[^a-z0-9]+/g, '-').replaceAll(/^-|-$/g, '') || 'server';
    const path = url.pathname.replace(/\/api\/v2\/?$/, '').replace(/\/+$/, '');
    return { id, name, url: url.origin + path };
  });
  if (new Set(servers.map((server) => server.id)).size !== servers.length) {
    context.addIssue({ code: 'custom', message: 'two servers have the same name' });
  }
  return servers;
});

const list = z.string().transform((text) => text.split(',').map((part) => part.trim()).filter(Boolean));
const flag = z.enum(['0', '1']).transform((value) => value === '1');
const minutes = z.coerce.number().int().min(1).max(60 * 24 * 30);

const schema = z.object({
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  APP_ORIGIN: z
    .url()
    .refine((value) => value === URL.parse(value)?.origin, 'must be an origin such as https://console.example.com, without a path')
    .optional(),
  OMNI_SERVERS: serverList.prefault('Local=http://127.0.0.1:8882'),
  OMNI_ALLOW_ANY_SERVER: flag.prefault('0'),
  OMNI_ALLOW_NETS: list.prefault(''),
  OMNI_IMAGE_HOSTS: list.prefault(''),
  OMNI_INSECURE_HTTP: flag.prefault('0'),
  TRUSTED_PROXIES: list.prefault(''),
  SESSION_PASSWORDS: secretMap.optional(),
  SESSION_IDLE_MINUTES: minutes.default(120),
  SESSION_MAX_MINUTES: minutes.default(720),
  STORE_KEYS: secretMap.optional(),
  STORE_FILE: z.string().min(1).default('.data/console.db'),
  DATABASE_URL: z
    .string()
    .regex(/^postgres(ql)?:\/\//, 'must start with postgres:// or postgresql://')
    .optional(),
  DEFAULT_PHONE_REGION: z.string().regex(/^[A-Z]{2}$/, 'must be a two-letter country code such as BR').default('BR'),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
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
  if (production && !value.APP_ORIGIN) problems.push('APP_ORIGIN is missing: set it to the address people open, such as https://console.example.com.');
  const origin = value.APP_ORIGIN ?? `http://127.0.0.1:${value.PORT}`;
  const local = /^http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/.test(origin);
  if (origin.startsWith('http:') && !local && !value.OMNI_INSECURE_HTTP) {
    problems.push('APP_ORIGIN is plain http on a host that is not this machine: use https, or set OMNI_INSECURE_HTTP=1 if you accept that keys travel in clear.');
  }
  for (const name of ['SESSION_PASSWORDS', 'STORE_KEYS'] as const) {
    if (production && !value[name]) problems.push(`${name} is missing: set it to "1:" and at least ${MINIMUM_SECRET} random characters.`);
  }
  if (value.SESSION_IDLE_MINUTES > value.SESSION_MAX_MINUTES) problems.push('SESSION_IDLE_MINUTES is longer than SESSION_MAX_MINUTES.');
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
  current ??= parseEnv(process.env);
  return current;
}
