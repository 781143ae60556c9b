import 'server-only';
import { execFileSync, spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const DEBIAN_HOME = '/usr/lib/postgresql';

/** A PostgreSQL for tests. `newDatabase` makes an empty one and answers its address; `stop` ends what was started. */
export type TestPostgres = { newDatabase(): Promise<string>; stop(): void };

/**
 * The PostgreSQL of `TEST_DATABASE_URL`, else a throw-away one of this machine's own binaries; undefined, and said loudly,
 * when there is neither.
 */
export async function testPostgres(): Promise<TestPostgres | undefined> {
  const given = process.env.TEST_DATABASE_URL;
  if (given) return { newDatabase: () => newDatabase(given), stop: () => {} };
  const binaries = postgresBinaries();
  if (!binaries) {
    process.stderr.write(
      '\n!! No PostgreSQL on this machine and no TEST_DATABASE_URL: its half of these tests is SKIPPED.\n\n',
    );
    return undefined;
  }
  const { url, stop } = await startCluster(binaries);
  return { newDatabase: () => newDatabase(url), stop };
}

/** The folder of `initdb` and `postgres`, the newest version's first; undefined when there is none. */
export function postgresBinaries(): string | undefined {
  const versions = existsSync(DEBIAN_HOME) ? readdirSync(DEBIAN_HOME) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN_HOME, version, 'bin'));
  return [...folders, ...(process.env.PATH ?? '').split(':')].find((folder) => existsSync(join(folder, 'initdb')));
}

/** A cluster in a temporary folder on loopback: no fsync, no password. PostgreSQL refuses root, so root runs it as `postgres`. */
async function startCluster(binaries: string): Promise<{ url: string; stop(): void }> {
  const account = process.getuid?.() === 0 ? accountOf('postgres') : undefined;
  const home = mkdtempSync(join(tmpdir(), 'omni-store-pg-'));
  if (account) chownSync(home, account.uid, account.gid);
  const data = join(home, 'data');
  const run = (program: string, ...args: string[]) => {
    const { status, stderr } = spawnSync(join(binaries, program), args, {
      ...account,
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (status !== 0) throw new Error(`${program} failed: ${stderr}`);
  };
  let stopped = false;
  const stop = () => {
    if (stopped) return;
    stopped = true;
    spawnSync(join(binaries, 'pg_ctl'), ['-D', data, '-m', 'immediate', '-w', 'stop'], { ...account, cwd: home });
    rmSync(home, { recursive: true, force: true });
  };
  process.once('exit', stop);
  try {
    const port = await freePort();
    run('initdb', '-D', data, '-U', 'omni', '-A', 'trust', '-E', 'UTF8', '--no-sync');
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c max_connections=60`;
    run('pg_ctl', '-D', data, '-l', join(home, 'log'), '-w', '-o', options, 'start');
    return { url: `postgres://omni@127.0.0.1:${port}/postgres`, stop };
  } catch (error) {
    stop();
    throw error;
  }
}

function accountOf(name: string): { uid: number; gid: number } {
  const ask = (flag: string) => Number(execFileSync('id', [flag, name], { encoding: 'utf8' }));
  return { uid: ask('-u'), gid: ask('-g') };
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

async function newDatabase(url: string): Promise<string> {
  const { default: pg } = await import('pg');
  const name = `t_${randomUUID().replaceAll('-', '')}`;
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(`create database ${name}`);
  } finally {
    await client.end();
  }
  const made = new URL(url);
  made.pathname = `/${name}`;
  return made.href;
}
