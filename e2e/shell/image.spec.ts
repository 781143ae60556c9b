import { execFileSync, spawn, spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleEnv } from '../../scripts/servers/console.ts';
import { freePort } from '../../scripts/servers/ports.ts';
import { ROOT, serverOf, untilReady } from '../../scripts/servers/processes.ts';
import { readDockerfile } from '../fixtures/servers/dockerfile.ts';
import { expect, test } from '../fixtures/test.ts';
import { builtPaths, sendRaw } from '../security/hostile.ts';

/** Where the first stage of the image builds. */
const SOURCE = '/src';
const NOBODY = 65_534;

test('image: everything it copies exists, its server, health check and public files too', () => {
  const { copies, env, user, command, probe } = readDockerfile();
  const wanted = copies.flatMap(({ from, sources }) =>
    sources.map((source) => (from ? source.replace(SOURCE, ROOT) : join(ROOT, source))),
  );
  expect(wanted.length).toBeGreaterThan(3);
  expect(wanted.filter((path) => !existsSync(path))).toEqual([]);
  const shipped = copies.flatMap(({ ships, sources }) => (ships ? sources : []));
  expect(shipped, 'only the build’s own folder ships').toEqual([`${SOURCE}/.next/standalone`]);
  const ignored = readFileSync(join(ROOT, '.dockerignore'), 'utf8').split('\n').filter(Boolean);
  expect(copies.flatMap(({ from, sources }) => (from ? [] : sources)).filter((one) => ignored.includes(one))).toEqual(
    [],
  );
  const standalone = join(ROOT, '.next', 'standalone');
  expect(existsSync(join(standalone, command.at(-1) ?? ''))).toBe(true);
  expect(readdirSync(join(standalone, '.next', 'static')).length).toBeGreaterThan(0);
  expect(readdirSync(join(standalone, 'public'))).toEqual(readdirSync(join(ROOT, 'public')));
  expect(readdirSync(standalone).filter((name) => name.startsWith('.env'))).toEqual([]);
  expect(builtPaths('route')).toContain(`/${probe}`);
  expect([user, env.NODE_ENV, env.STORE_FILE]).toEqual(['node', 'production', '/data/console.db']);
});

/** The tree of the image as somebody else than root sees it: nothing in it can be written, `data` is the store's. */
function readOnlyTree(uid: number): { folder: string; tree: string; node: string; data: string } {
  const folder = mkdtempSync(join(tmpdir(), 'omni-image-'));
  const [tree, node, data] = [join(folder, 'console'), join(folder, 'node'), join(folder, 'data')];
  cpSync(join(ROOT, '.next', 'standalone'), tree, { recursive: true, verbatimSymlinks: true });
  rmSync(join(tree, '.data'), { recursive: true, force: true });
  copyFileSync(process.execPath, node);
  mkdirSync(data);
  execFileSync('chmod', ['-R', 'a-w,a+rX', tree, node]);
  chmodSync(folder, 0o755);
  chownSync(data, uid, uid);
  return { folder, tree, node, data };
}

const listing = (tree: string) =>
  readdirSync(tree, { recursive: true, encoding: 'utf8' })
    .map((name) => `${name} ${statSync(join(tree, name)).mtimeMs}`)
    .toSorted();

// Where the tests are not root's, whoever runs them stands for the image's user: the tree is as closed to him.
test('image: the server runs as nobody, in a tree it cannot write', async ({ sandbox, omni }) => {
  const uid = process.getuid?.() === 0 ? NOBODY : (process.getuid?.() ?? NOBODY);
  const { folder, tree, node, data } = readOnlyTree(uid);
  const { command } = readDockerfile();
  const port = await freePort();
  const env = {
    ...consoleEnv({ servers: `Demo=${sandbox.url}`, storeFile: join(data, 'console.db') }, port),
    HOME: '/nonexistent',
    PATH: '/nonexistent',
  };
  const as = process.getuid?.() === 0 ? { uid, gid: uid } : {};
  const tried = spawnSync(node, ['-e', `require('fs').writeFileSync('server.js', '')`], { cwd: tree, ...as });
  expect(String(tried.stderr)).toMatch(/EACCES|EROFS/);
  const before = listing(tree);
  const server = serverOf(
    spawn(node, command.slice(1), {
      cwd: tree,
      env: { NODE_ENV: 'production', ...env },
      ...as,
      stdio: ['ignore', 'pipe', 'pipe'],
    }),
  );
  try {
    const origin = `http://127.0.0.1:${port}`;
    await untilReady('The image’s server', `${origin}/api/health/ready`, server);
    const status = readFileSync(`/proc/${server.child.pid}/status`, 'utf8');
    expect(/^Uid:\s+(\d+)\s+(\d+)/m.exec(status)?.slice(1)).toEqual([String(uid), String(uid)]);
    const { forgeCookies } = await import('../fixtures/forge.ts');
    const web = { ...server, origin, port, env };
    const cookies = await forgeCookies(web, { key: sandbox.keys.admin, server: 'Demo' });
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    // The newest person stands first, whatever other tests have made.
    await omni.rows({ persons: [{ displayName: 'Vista da imagem' }] });
    const page = await sendRaw(origin, { path: '/persons', headers: { cookie } });
    expect(page.status).toBe(200);
    expect(page.text).toContain('Vista da imagem');
    const script = /\/_next\/static\/[^"]+\.js/.exec(page.text)?.[0] ?? '';
    expect((await sendRaw(origin, { path: script })).status).toBe(200);
    expect((await sendRaw(origin, { path: '/favicon.ico' })).status).toBe(200);
    expect(statSync(join(data, 'console.db')).uid).toBe(uid);
    expect(server.lines.filter((line) => /EACCES|EROFS|EPERM|"level":"error"|⨯/.test(line))).toEqual([]);
    expect(listing(tree)).toEqual(before);
  } finally {
    const { closeStores } = await import('../fixtures/forge.ts');
    await closeStores();
    await server.stop();
    execFileSync('chmod', ['-R', 'u+w', folder]);
    rmSync(folder, { recursive: true, force: true });
  }
});
