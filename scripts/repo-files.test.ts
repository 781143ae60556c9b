import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { ENV_NAMES, parseEnv } from '#lib/env.ts';
import { ROOT } from './servers/processes.ts';

const read = (name: string) => readFileSync(join(ROOT, name), 'utf8');
const node = (JSON.parse(read('package.json')) as { devDependencies: { node: string } }).devDependencies.node;
const [major] = node.split('.');

test('repository: every file that names a Node names the one the tests run on', () => {
  expect(read('.node-version').trim()).toBe(major);
  expect(read('.devcontainer/devcontainer.json')).toContain(`javascript-node:${major}"`);
  expect(read('Dockerfile').match(/^FROM node:(\d+)/gm)).toEqual(Array<string>(3).fill(`FROM node:${major}`));
  expect(read('renovate.json')).toContain(`"allowedVersions": "${major}.x"`);
});

test('repository: the workflow runs what CI runs, on that Node, with the right to read only', () => {
  const workflow = read('.github/workflows/test.yml');
  expect(workflow).toContain('node-version-file: .node-version');
  expect(workflow).toContain('- run: npm test\n');
  expect(workflow).toMatch(/^permissions:\n {2}contents: read\n/m);
  expect(read('.ci/run')).toContain('npm test');
});

test('repository: what SECURITY.md refers to is there', () => {
  const decisions = readdirSync(join(ROOT, 'docs', 'adr'));
  const named = [...read('SECURITY.md').matchAll(/\b(00\d\d)\b/g)].map(([, number = '']) => number);
  expect(named.length).toBeGreaterThan(3);
  expect(named.filter((number) => !decisions.some((name) => name.startsWith(number)))).toEqual([]);
});

test('compose.yaml: names variables the console reads, enough of them to start, and the image’s own port and folder', () => {
  const compose = read('compose.yaml');
  const [, listed = ''] = /"compose\.env" holds ([^"]+)"compose\.db/s.exec(compose) ?? [];
  const named = listed.match(/[A-Z][A-Z_]{4,}/g) ?? [];
  expect(named.filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
  const value: Record<string, string> = {
    APP_ORIGIN: 'https://console.example.com',
    OMNI_SERVERS: 'Omni=https://omni.example.com',
    DATABASE_URL: 'postgres://console:secret@store:5432/console',
  };
  const given = Object.fromEntries(named.map((name) => [name, value[name] ?? `1:${'s'.repeat(32)}`]));
  expect(parseEnv({ NODE_ENV: 'production', ...given }).DATABASE_URL).toBe(value.DATABASE_URL);
  const image = read('Dockerfile');
  expect(image).toMatch(/\bPORT=3000\b[\s\S]*VOLUME \/data\nEXPOSE 3000/);
  expect(compose).toContain("ports: ['127.0.0.1:3000:3000']");
  expect(compose).toContain("volumes: ['console:/data']");
  expect(read('.gitignore')).toContain('*.env\n');
  // Compose reads the files of services that are not started, too: a demo must not ask for them.
  const files = [...compose.matchAll(/env_file: (.+)/g)].map(([, file = '']) => file);
  expect(files).toHaveLength(2);
  for (const file of files) expect(file).toMatch(/^\[\{ path: \S+\.env, required: false \}\]$/);
  // Podman 4 takes a health check apart at its spaces.
  for (const [text] of `${compose}${image}`.matchAll(/fetch\(.*?process\.exit\(1\)\)/g))
    expect(text).not.toContain(' ');
});

test('compose.yaml: the demo needs no file of anybody, and gives the console what it needs to start', () => {
  const [, demo = ''] = /\n {2}demo:\n(.*?)\n\n/s.exec(read('compose.yaml')) ?? [];
  expect(demo).not.toContain('env_file');
  const given = [...demo.matchAll(/^ {6}([A-Z_]+): (.+)$/gm)].map(
    ([, name = '', value = '']) => [name, value] as const,
  );
  const value = (name: string) =>
    name === 'DATABASE_URL' ? 'postgres://console:secret@demo-store:5432/console' : `1:${'s'.repeat(32)}`;
  const source = Object.fromEntries(
    given.map(([name, text]) => {
      const secret = name.replace(/_FILE$/, '');
      return secret === name ? [name, text] : [secret, value(secret)];
    }),
  );
  expect(Object.keys(source).filter((name) => !ENV_NAMES.includes(name))).toEqual([]);
  expect(parseEnv({ NODE_ENV: 'production', ...source }).OMNI_SERVERS).toMatchObject([{ url: 'http://omni:8882' }]);
});

type Locked = { packages: Record<string, { license?: string; dev?: boolean }> };
const locked = Object.entries((JSON.parse(read('package-lock.json')) as Locked).packages).filter(([path]) => path);

test('docs/dependencies.md: lists the licence of every package that ships', () => {
  const names = new Map<string, string[]>();
  for (const [path, { license = 'unknown', dev }] of locked) {
    if (dev) continue;
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    names.set(license, [...new Set([...(names.get(license) ?? []), name])].toSorted());
  }
  const rows = [...names].toSorted().map(([licence, all]) => `| ${licence} | ${all.join(', ')} |`);
  expect(
    read('docs/dependencies.md')
      .split('\n')
      .filter((line) => rows.includes(line)),
  ).toEqual(rows);
});
