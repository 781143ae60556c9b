import 'server-only';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '#lib/omni/result.ts';

/**
 * Why no key was read from PM2: PM2 is not installed or does not run, Omni is not among its processes, listens on another port, or
 * has no key.
 */
export type Pm2Problem = 'recover_no_pm2' | 'recover_no_process' | 'recover_other_port' | 'recover_no_key';

/** The names of the processes that `omni auth recover` reads, in its order (contract §4). */
const NAMES = ['omni-v2-api', 'omni-api'];
const run = promisify(execFile);
const TIMEOUT_MS = 8_000;

const port = z.union([z.string(), z.number()]).optional();
const settings = z.object({ OMNI_API_KEY: z.string().optional(), API_PORT: port, PORT: port });
const processes = z.array(z.object({ name: z.string(), pm2_env: settings.extend({ env: settings.optional() }) }));

/** Where Omni listens unless told otherwise (contract §1). */
const OMNI_PORT = 8882;

/** PM2's own folder, which holds its processes' environments unencrypted. */
export function pm2Home(): string {
  return process.env.PM2_HOME ?? join(homedir(), '.pm2');
}

/** Whether PM2 runs here for this account. SessionRequest PM2 itself would start it. */
export function pm2Runs(home = pm2Home()): boolean {
  try {
    const pid = Number(readFileSync(join(home, 'pm2.pid'), 'utf8'));
    return existsSync(join(home, 'rpc.sock')) && pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/**
 * The key in the environment of Omni's process under PM2, as the command line reads it, when that process is the server at
 * `url`: a port of this machine may as well be a tunnel's end, and the key would go to another one. Nothing is started or
 * changed.
 */
export async function keyFromPm2(url: string): Promise<Result<string, Pm2Problem>> {
  if (!pm2Runs()) return err('recover_no_pm2');
  const listed = processes.safeParse(await list());
  return listed.success ? keyAmong(listed.data, url) : err('recover_no_pm2');
}

/** The same among the processes PM2 lists. */
export function keyAmong(listed: z.infer<typeof processes>, url: string): Result<string, Pm2Problem> {
  const found = NAMES.flatMap((name) => listed.filter((one) => one.name === name));
  if (found.length === 0) return err('recover_no_process');
  const { protocol, port: urlPort } = new URL(url);
  const wanted = urlPort || (protocol === 'https:' ? '443' : '80');
  const there = found.flatMap(({ pm2_env: { env = {}, ...processEnv } }) => {
    const listens = processEnv.API_PORT ?? env.API_PORT ?? processEnv.PORT ?? env.PORT ?? OMNI_PORT;
    return String(listens) === wanted ? [processEnv.OMNI_API_KEY ?? env.OMNI_API_KEY] : [];
  });
  if (there.length === 0) return err('recover_other_port');
  const key = there.find(Boolean);
  return key ? ok(key) : err('recover_no_key');
}

async function list(): Promise<unknown> {
  try {
    const { stdout } = await run('pm2', ['jlist'], { timeout: TIMEOUT_MS, maxBuffer: 32 * 1024 * 1024 });
    // PM2 may print messages before the list.
    const start = stdout.search(/^\[(\{|\])/m);
    return start < 0 ? null : JSON.parse(stdout.slice(start));
  } catch {
    return null;
  }
}
