import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { localSecrets } from './local-secrets.ts';

const home = process.cwd();
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'omni-secrets-'));
  process.chdir(folder);
});
afterEach(() => {
  process.chdir(home);
  rmSync(folder, { recursive: true, force: true });
});

test('are made once and stay', () => {
  const made = localSecrets();
  expect(made.session).toMatch(/^[\w-]{43}$/);
  expect(made.store).toMatch(/^[\w-]{43}$/);
  expect(made.session).not.toBe(made.store);
  expect(localSecrets()).toEqual(made);
});

test('are this user’s only', () => {
  localSecrets();
  expect(statSync('.data/secrets.json').mode & 0o077).toBe(0);
  expect(statSync('.data').mode & 0o077).toBe(0);
});

test.each(['', '{', '{}', 'null', '{"session":1,"store":"x"}', '{"session":"short","store":"short"}'])(
  'a damaged file (%j) is said to be one',
  (text) => {
    localSecrets();
    writeFileSync('.data/secrets.json', text);
    expect(() => localSecrets()).toThrow('.data/secrets.json is damaged');
  },
);

test('processes that start together agree', () => {
  const script = `
    const { localSecrets } = await import(${JSON.stringify(join(import.meta.dirname, 'local-secrets.ts'))});
    console.log(JSON.stringify(localSecrets()));`;
  const node = [process.execPath, '--conditions=react-server', '--input-type=module', '-e', script];
  const quoted = node.map((part) => `'${part.replaceAll("'", "'\\''")}'`).join(' ');
  const { stdout } = spawnSync('sh', ['-c', `${quoted} & ${quoted} & ${quoted} & wait`], {
    encoding: 'utf8',
    cwd: folder,
  });
  const lines = stdout.trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(new Set(lines)).toEqual(new Set([JSON.stringify(localSecrets())]));
});
