import { describe, expect, test } from 'vitest';
import { ENV_NAMES, EnvError, parseEnv } from './env.ts';

const SECRETS = { SESSION_PASSWORDS: `1:${'p'.repeat(32)}`, STORE_KEYS: `1:${'k'.repeat(32)}` };
const PRODUCTION = { NODE_ENV: 'production', APP_ORIGIN: 'https://console.example.com', ...SECRETS };
const secret = (letter: string) => letter.repeat(32);

function refusal(source: Record<string, string>): string {
  try {
    parseEnv({ ...SECRETS, ...source });
  } catch (error) {
    if (error instanceof EnvError) return error.message;
    throw error;
  }
  return 'accepted';
}

test('with two secrets everything has a default', () => {
  expect(parseEnv(SECRETS)).toEqual({
    PORT: 3000,
    APP_ORIGIN: 'http://127.0.0.1:3000',
    OMNI_SERVERS: [{ id: 'local', name: 'Local', url: 'http://127.0.0.1:8882' }],
    OMNI_ALLOW_ANY_SERVER: false,
    OMNI_ALLOW_NETS: [],
    OMNI_PRODUCTION: [],
    OMNI_RECOVER_REMOTE: false,
    METRICS_LOOPBACK: false,
    OMNI_IMAGE_HOSTS: [],
    OMNI_INSECURE_HTTP: false,
    OMNI_KIT: false,
    TRUSTED_PROXIES: [],
    SESSION_PASSWORDS: { 1: secret('p') },
    SESSION_IDLE_MINUTES: 120,
    SESSION_MAX_MINUTES: 720,
    SIGN_IN_TRIES: 10,
    STORE_KEYS: { 1: secret('k') },
    STORE_FILE: '.data/console.db',
    DATABASE_URL: undefined,
    ACTIVITY_LOG: undefined,
    METRICS_TOKEN: undefined,
    OTEL_EXPORTER_OTLP_ENDPOINT: undefined,
    DEFAULT_PHONE_REGION: 'BR',
    JOURNAL_DAYS: 90,
    LOG_LEVEL: 'info',
    production: false,
  });
});

test('an empty or blank value is an absent one', () => {
  const blank = Object.fromEntries(ENV_NAMES.map((name) => [name, ' ']));
  expect(parseEnv({ ...blank, ...SECRETS })).toEqual(parseEnv(SECRETS));
});

describe('a right value is read', () => {
  test.each<[string, string, unknown]>([
    ['PORT', '8080', 8080],
    ['APP_ORIGIN', 'https://console.example.com', 'https://console.example.com'],
    ['APP_ORIGIN', 'http://localhost:3000', 'http://localhost:3000'],
    ['APP_ORIGIN', 'http://[::1]:3000', 'http://[::1]:3000'],
    ['OMNI_ALLOW_ANY_SERVER', '1', true],
    ['OMNI_PRODUCTION', ' local ', ['local']],
    ['OMNI_ALLOW_NETS', '10.1.0.0/16, fd00::/8', ['10.1.0.0/16', 'fd00::/8']],
    ['OMNI_IMAGE_HOSTS', 'pps.whatsapp.net, *.example.com', ['pps.whatsapp.net', '*.example.com']],
    ['OMNI_INSECURE_HTTP', '1', true],
    ['OMNI_KIT', '1', true],
    ['TRUSTED_PROXIES', '10.0.0.1, ::1', ['10.0.0.1', '::1']],
    ['SESSION_PASSWORDS', `2:${secret('b')}, 1:${secret('a')}`, { 1: secret('a'), 2: secret('b') }],
    ['SESSION_PASSWORDS', `1:${secret('a:=')}`, { 1: secret('a:=') }],
    ['SESSION_IDLE_MINUTES', '1', 1],
    ['SESSION_MAX_MINUTES', '43200', 43_200],
    ['STORE_KEYS', `10:${secret('c')}`, { 10: secret('c') }],
    ['STORE_FILE', '/var/lib/omni/console.db', '/var/lib/omni/console.db'],
    ['DATABASE_URL', 'postgresql://a:b@db/console', 'postgresql://a:b@db/console'],
    ['DEFAULT_PHONE_REGION', 'PT', 'PT'],
    ['LOG_LEVEL', 'silent', 'silent'],
    ['ACTIVITY_LOG', 'stdout', 'stdout'],
    ['METRICS_LOOPBACK', '1', true],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'http://127.0.0.1:4318', 'http://127.0.0.1:4318'],
  ])('%s=%s', (name, text, value) => {
    expect(parseEnv({ ...SECRETS, [name]: text })).toMatchObject({ [name]: value });
  });
});

describe('servers', () => {
  test.each([
    ['Local=http://127.0.0.1:8882', 'local', 'http://127.0.0.1:8882'],
    ['São Paulo=https://omni.example.com/', 'sao-paulo', 'https://omni.example.com'],
    ['A=https://omni.example.com/api/v2', 'a', 'https://omni.example.com'],
    ['A=https://omni.example.com/api/v2/', 'a', 'https://omni.example.com'],
    ['A=https://example.com/omni/', 'a', 'https://example.com/omni'],
    ['本社=https://omni.example.com', 'server', 'https://omni.example.com'],
    [' -- Prod (new) -- = https://OMNI.example.com:443', 'prod-new', 'https://omni.example.com'],
  ])('%s', (text, id, url) => {
    expect(parseEnv({ ...SECRETS, OMNI_SERVERS: text }).OMNI_SERVERS).toMatchObject([{ id, url }]);
  });

  test('keep their order', () => {
    const { OMNI_SERVERS } = parseEnv({ ...SECRETS, OMNI_SERVERS: 'B=http://b, A=http://a' });
    expect(OMNI_SERVERS.map(({ name }) => name)).toEqual(['B', 'A']);
  });
});

describe('a wrong value gives a sentence that names it', () => {
  test.each([
    ['PORT', 'http', 'PORT must be a whole number from 0 to 65535.'],
    ['PORT', '65536', 'PORT must be a whole number from 0 to 65535.'],
    ['PORT', '1.5', 'PORT must be a whole number from 0 to 65535.'],
    [
      'APP_ORIGIN',
      'console.example.com',
      'APP_ORIGIN must be an origin such as https://console.example.com, without a path.',
    ],
    [
      'APP_ORIGIN',
      'https://console.example.com/',
      'APP_ORIGIN must be an origin such as https://console.example.com, without a path.',
    ],
    [
      'APP_ORIGIN',
      'https://console.example.com/console',
      'APP_ORIGIN must be an origin such as https://console.example.com, without a path.',
    ],
    [
      'APP_ORIGIN',
      'ftp://console.example.com',
      'APP_ORIGIN must be an origin such as https://console.example.com, without a path.',
    ],
    [
      'APP_ORIGIN',
      'https://console.example.com:443',
      'APP_ORIGIN must be an origin such as https://console.example.com, without a path.',
    ],
    [
      'APP_ORIGIN',
      'http://console.example.com',
      'APP_ORIGIN is plain http on a host that is not this machine: use https, or set OMNI_INSECURE_HTTP=1 if you accept that keys travel in clear.',
    ],
    [
      'APP_ORIGIN',
      'http://127.0.0.1.example.com',
      'APP_ORIGIN is plain http on a host that is not this machine: use https, or set OMNI_INSECURE_HTTP=1 if you accept that keys travel in clear.',
    ],
    [
      'OMNI_SERVERS',
      'http://127.0.0.1:8882',
      'OMNI_SERVERS entry 1 is not written as "name=https://address" (without user, password or query).',
    ],
    [
      'OMNI_SERVERS',
      'A=http://a,B',
      'OMNI_SERVERS entry 2 is not written as "name=https://address" (without user, password or query).',
    ],
    [
      'OMNI_SERVERS',
      'A=ftp://a',
      'OMNI_SERVERS entry 1 is not written as "name=https://address" (without user, password or query).',
    ],
    [
      'OMNI_SERVERS',
      'A=https://a?api_key=1',
      'OMNI_SERVERS entry 1 is not written as "name=https://address" (without user, password or query).',
    ],
    [
      'OMNI_SERVERS',
      '=https://a',
      'OMNI_SERVERS entry 1 is not written as "name=https://address" (without user, password or query).',
    ],
    ['OMNI_SERVERS', 'A=https://a,a=https://b', 'OMNI_SERVERS has two servers with the same name.'],
    ['OMNI_SERVERS', 'São=https://a,Sao=https://b', 'OMNI_SERVERS has two servers with the same name.'],
    ['OMNI_ALLOW_ANY_SERVER', 'true', 'OMNI_ALLOW_ANY_SERVER must be 0 or 1.'],
    [
      'OMNI_ALLOW_NETS',
      '10.1.0.0/33',
      'OMNI_ALLOW_NETS must be addresses or networks such as 10.0.0.0/8, comma separated.',
    ],
    [
      'OMNI_ALLOW_NETS',
      'intranet',
      'OMNI_ALLOW_NETS must be addresses or networks such as 10.0.0.0/8, comma separated.',
    ],
    [
      'OMNI_IMAGE_HOSTS',
      "a.example.com; script-src 'unsafe-inline'",
      'OMNI_IMAGE_HOSTS must be host names such as pps.example.com, comma separated.',
    ],
    [
      'OMNI_IMAGE_HOSTS',
      'https://a.example.com',
      'OMNI_IMAGE_HOSTS must be host names such as pps.example.com, comma separated.',
    ],
    ['OMNI_IMAGE_HOSTS', '*', 'OMNI_IMAGE_HOSTS must be host names such as pps.example.com, comma separated.'],
    ['OMNI_INSECURE_HTTP', 'yes', 'OMNI_INSECURE_HTTP must be 0 or 1.'],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/8/8',
      'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, comma separated.',
    ],
    [
      'TRUSTED_PROXIES',
      '10.0.0.0/',
      'TRUSTED_PROXIES must be addresses or networks such as 10.0.0.0/8, comma separated.',
    ],
    ['SESSION_PASSWORDS', secret('p'), 'SESSION_PASSWORDS must be written as "2:newest,1:older".'],
    ['SESSION_PASSWORDS', '2:short', 'SESSION_PASSWORDS secret 2 is shorter than 32 characters.'],
    ['SESSION_PASSWORDS', `1:${secret('a')},01:${secret('b')}`, 'SESSION_PASSWORDS has two secrets with the id 01.'],
    ['SESSION_IDLE_MINUTES', '0', 'SESSION_IDLE_MINUTES must be a whole number from 1 to 43200.'],
    ['SESSION_IDLE_MINUTES', '721', 'SESSION_IDLE_MINUTES is longer than SESSION_MAX_MINUTES.'],
    ['SESSION_MAX_MINUTES', 'never', 'SESSION_MAX_MINUTES must be a whole number from 1 to 43200.'],
    ['OMNI_PRODUCTION', 'local, other', 'OMNI_PRODUCTION names other, which OMNI_SERVERS does not list.'],
    ['OMNI_RECOVER', 'docker', 'OMNI_RECOVER must be pm2 or nothing.'],
    ['HOSTNAME', 'a b', 'HOSTNAME must be an address or a host name.'],
    ['SIGN_IN_TRIES', '0', 'SIGN_IN_TRIES must be a whole number from 1 to 100000.'],
    ['STORE_KEYS', `1:${secret('a')},`, 'STORE_KEYS must be written as "2:newest,1:older".'],
    [
      'DATABASE_URL',
      'mysql://a:b@db/console',
      'DATABASE_URL must be an address that starts with postgres:// or postgresql://.',
    ],
    [
      'DATABASE_URL',
      'postgres://a:b@db:port/console',
      'DATABASE_URL must be an address that starts with postgres:// or postgresql://.',
    ],
    ['DEFAULT_PHONE_REGION', 'Brazil', 'DEFAULT_PHONE_REGION must be a two-letter country code such as BR.'],
    ['LOG_LEVEL', 'verbose', 'LOG_LEVEL must be debug, info, warn, error or silent.'],
    ['ACTIVITY_LOG', 'file', 'ACTIVITY_LOG must be stdout or nothing.'],
    ['METRICS_TOKEN', 'short', 'METRICS_TOKEN must be at least 16 characters long.'],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', 'collector:4318', 'OTEL_EXPORTER_OTLP_ENDPOINT must be an http or https address.'],
  ])('%s=%s', (name, text, sentence) => {
    expect(refusal({ [name]: text })).toBe(sentence);
  });

  test('and every variable but the file, which may be any, is among them', () => {
    const wrong = Object.fromEntries(ENV_NAMES.map((name) => [name, '?\u0000']));
    const sentence = refusal(wrong)
      .split('\n')
      .map((line) => line.split(' ')[0]);
    expect(sentence).toEqual(ENV_NAMES.filter((name) => name !== 'STORE_FILE'));
  });

  test('several at once', () => {
    expect(refusal({ PORT: 'x', LOG_LEVEL: 'x' }).split('\n')).toHaveLength(2);
  });

  test('without telling what could be secret', () => {
    const sentence = refusal({
      SESSION_PASSWORDS: 'hunter2',
      STORE_KEYS: '1:hunter2',
      DATABASE_URL: 'mysql://a:hunter2@db/x',
      OMNI_SERVERS: 'A=https://a:hunter2@omni.example.com',
    });
    expect(sentence.split('\n')).toHaveLength(4);
    expect(sentence).not.toContain('hunter2');
  });
});

describe('production', () => {
  test('starts with an address and secrets', () => {
    expect(parseEnv(PRODUCTION)).toMatchObject({ production: true, APP_ORIGIN: 'https://console.example.com' });
  });

  test.each(['APP_ORIGIN', 'SESSION_PASSWORDS', 'STORE_KEYS'])('refuses to start without %s', (name) => {
    expect(() => parseEnv({ ...PRODUCTION, [name]: undefined })).toThrow(`${name} is missing: set it to `);
  });

  test('accepts plain http where the operator says so', () => {
    const source = { ...PRODUCTION, APP_ORIGIN: 'http://console.lan', OMNI_INSECURE_HTTP: '1' };
    expect(parseEnv(source).APP_ORIGIN).toBe('http://console.lan');
  });
});
