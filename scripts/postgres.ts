import { spawnSync } from 'node:child_process';
import { chownSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './ports.ts';
import { postgresBin } from './system-packages.ts';

export type Postgres = { url: string; stop: () => void };

/** PostgreSQL refuses to run as root: there it runs as Debian's user `postgres`. */
function accountOf(name: string): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const [uid, gid] = ['-u', '-g'].map((flag) => spawnSync('id', [flag, name], { encoding: 'utf8' }).stdout.trim());
  if (!uid || !gid) throw new Error(`There is no user "${name}" for PostgreSQL to run as.`);
  return { uid: Number(uid), gid: Number(gid) };
}

/** A PostgreSQL of our own in a temporary folder, on loopback only; nothing when the machine has none. */
export async function startPostgres(): Promise<Postgres | undefined> {
  const bin = postgresBin();
  if (!bin) return undefined;
  const account = accountOf('postgres');
  const home = mkdtempSync(join(tmpdir(), 'omni-pg-'));
  if (account) chownSync(home, account.uid, account.gid);
  const port = await freePort();
  const data = join(home, 'data');
  const call = (program: string, args: string[]): void => {
    const done = spawnSync(join(bin, program), args, {
      ...account,
      cwd: home,
      encoding: 'utf8',
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    if (done.status !== 0) throw new Error(`${program} failed: ${done.error?.message ?? done.stderr}`);
  };
  const stop = (): void => {
    spawnSync(join(bin, 'pg_ctl'), ['-D', data, '-m', 'immediate', 'stop'], { ...account, cwd: home });
    rmSync(home, { recursive: true, force: true });
  };
  try {
    call('initdb', ['-D', data, '-U', 'omni', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync']);
    const options = `-p ${port} -c listen_addresses=127.0.0.1 -c unix_socket_directories=${home} -c fsync=off`;
    call('pg_ctl', ['-D', data, '-l', join(home, 'log'), '-w', '-o', options, 'start']);
  } catch (error) {
    stop();
    throw error;
  }
  return { url: `postgres://omni@127.0.0.1:${port}/postgres`, stop };
}
