import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, describe, expect, test, vi } from 'vitest';
import { ENV_NAMES, EnvError, parseEnv, withSecretFiles } from './env.ts';

const SECRETS = { SESSION_PASSWORDS: `1:${'p'.repeat(32)}`, STORE_KEYS: `1:${'k'.repeat(32)}` };
const folder = mkdtempSync(join(tmpdir(), 'omni-env-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('secrets by file', () => {
  const file = join(folder, 'session');
  writeFileSync(file, `${SECRETS.SESSION_PASSWORDS}\n`);

  test('a secret is read from the file that its variable names', () => {
    const source = withSecretFiles({ SESSION_PASSWORDS_FILE: file, STORE_KEYS: SECRETS.STORE_KEYS });
    expect(parseEnv(source).SESSION_PASSWORDS).toEqual({ 1: 'p'.repeat(32) });
  });

  test('an empty name is none', () => {
    expect(withSecretFiles({ ...SECRETS, SESSION_PASSWORDS_FILE: ' ' })).toMatchObject(SECRETS);
  });

  test.each([
    [{ STORE_KEYS_FILE: join(folder, 'nothing') }, "STORE_KEYS_FILE names a file that can't be read."],
    [
      { ...SECRETS, SESSION_PASSWORDS_FILE: file },
      'SESSION_PASSWORDS and SESSION_PASSWORDS_FILE are both set: keep one.',
    ],
  ])('%o is refused in a sentence', (source, sentence) => {
    expect(() => withSecretFiles(source)).toThrow(new EnvError(sentence));
  });
});

describe('.env.example', () => {
  const example = readFileSync(join(import.meta.dirname, '..', '.env.example'), 'utf8');
  const lines = example.split('\n');

  test.each(ENV_NAMES)('%s stands there once, below a comment that explains it', (name) => {
    const at = lines.findIndex((line) => line.replace(/^# ?/, '').startsWith(`${name}=`));
    expect(at, 'is missing').toBeGreaterThan(0);
    const above = lines
      .slice(0, at)
      .toReversed()
      .find((line) => !/^#? ?[A-Z_]+=/.test(line));
    expect(above).toMatch(/^# .{20,}/);
    expect(lines.filter((line) => line.replace(/^# ?/, '').startsWith(`${name}=`))).toHaveLength(1);
  });

  test('what it shows is accepted', () => {
    const shown = [...example.matchAll(/^#? ?([A-Z_]+)=(.+)$/gm)].map(([, name, value]) => [name ?? '', value ?? '']);
    expect(shown.length).toBeGreaterThan(8);
    expect(() => parseEnv({ ...SECRETS, ...Object.fromEntries(shown) })).not.toThrow();
  });
});

describe('outside production', () => {
  const home = process.cwd();
  afterEach(() => process.chdir(home));

  test('missing secrets are made up and kept; given ones win', () => {
    process.chdir(folder);
    const first = parseEnv({ NODE_ENV: 'development' });
    expect(first.SESSION_PASSWORDS[1]?.length).toBeGreaterThanOrEqual(32);
    expect(first.STORE_KEYS).not.toEqual(first.SESSION_PASSWORDS);
    expect(parseEnv({ NODE_ENV: 'development' })).toEqual(first);
    const given = parseEnv({ SESSION_PASSWORDS: SECRETS.SESSION_PASSWORDS });
    expect(given).toMatchObject({ SESSION_PASSWORDS: { 1: 'p'.repeat(32) }, STORE_KEYS: first.STORE_KEYS });
  });

  test('the configuration of the process is read once, when it is needed', async () => {
    vi.stubEnv('PORT', '4001');
    for (const [name, value] of Object.entries(SECRETS)) vi.stubEnv(name, value);
    vi.resetModules();
    const { env } = await import('./env.ts');
    expect(env().APP_ORIGIN).toBe('http://127.0.0.1:4001');
    vi.stubEnv('PORT', '4002');
    expect(env().PORT).toBe(4001);
  });
});
