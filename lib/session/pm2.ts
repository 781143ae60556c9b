import 'server-only';
import { execFile } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { z } from 'zod';
import { err, ok, type Result } from '#lib/omni/result.ts';

/** Why no key could be had from PM2: it is not installed or does not run, Omni is not among its processes, or has no key. */
export type Pm2Problem = 'recover_no_pm2' | 'recover_no_process' | 'recover_no_key';

/** The processes `omni auth recover` looks at, in its order (contract §4). */
const NAMES = ['omni-v2-api', 'omni-api'];
const run = promisify(execFile);
const PATIENCE_MS = 8_000;

const withKey = z.object({ OMNI_API_KEY: z.string().optional() });
const processes = z.array(z.object({ name: z.string(), pm2_env: withKey.extend({ env: withKey.optional() }) }));

/** Whether PM2 runs here for this account. Asking PM2 itself would start it. */
export function pm2Runs(home = process.env.PM2_HOME ?? join(homedir(), '.pm2')): boolean {
  try {
    const pid = Number(readFileSync(join(home, 'pm2.pid'), 'utf8'));
    return existsSync(join(home, 'rpc.sock')) && pid > 0 && process.kill(pid, 0);
  } catch {
    return false;
  }
}

/** The key in the environment of Omni's process under PM2, as the command line reads it. Nothing is started or changed. */
export async function keyFromPm2(): Promise<Result<string, Pm2Problem>> {
  if (!pm2Runs()) return err('recover_no_pm2');
  const listed = processes.safeParse(await list());
  if (!listed.success) return err('recover_no_pm2');
  const found = NAMES.flatMap((name) => listed.data.filter((one) => one.name === name));
  if (found.length === 0) return err('recover_no_process');
  const keys = found.flatMap(({ pm2_env: { OMNI_API_KEY: key, env } }) => key ?? env?.OMNI_API_KEY ?? []);
  return keys[0] ? ok(keys[0]) : err('recover_no_key');
}

async function list(): Promise<unknown> {
  try {
    const { stdout } = await run('pm2', ['jlist'], { timeout: PATIENCE_MS, maxBuffer: 32 * 1024 * 1024 });
    // PM2 may say something about itself before the list.
    const start = stdout.search(/^\[(\{|\])/m);
    return start < 0 ? null : JSON.parse(stdout.slice(start));
  } catch {
    return null;
  }
}
