import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { bin, ROOT } from '../scripts/processes.ts';

const run = promisify(execFile);

/** A real PM2 of this test's own. `env` is what a console needs to find it. */
export type Pm2 = {
  env: Record<string, string>;
  start: (name: string, env: Record<string, string>, args?: string[]) => Promise<void>;
  remove: (name: string) => Promise<void>;
  stop: () => Promise<void>;
};

export async function startPm2(): Promise<Pm2> {
  const home = mkdtempSync(join(tmpdir(), 'omni-pm2-'));
  const path = [dirname(bin('pm2')), dirname(process.execPath), process.env.PATH].join(':');
  const env = { PATH: path, PM2_HOME: home };
  const pm2 = (args: string[], more: Record<string, string> = {}) =>
    run(process.execPath, [bin('pm2'), ...args], {
      cwd: ROOT,
      env: { NODE_ENV: 'production', HOME: home, ...env, ...more, PM2_DISCRETE_MODE: 'true', NODE_OPTIONS: '' },
    });
  await pm2(['ping']);
  return {
    env,
    start: async (name, more, args = []) => {
      const script = join(ROOT, 'sandbox', 'main.ts');
      await pm2(
        ['start', script, '--name', name, '--interpreter', process.execPath, '--no-autorestart', '--', ...args],
        more,
      );
    },
    remove: async (name) => void (await pm2(['delete', name])),
    stop: async () => {
      await pm2(['kill']);
      rmSync(home, { recursive: true, force: true });
    },
  };
}
