import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { consoleEnv, type RunningConsole } from '../scripts/console.ts';
import { freePort } from '../scripts/ports.ts';
import { bin, startServer, untilReady } from '../scripts/processes.ts';

/** The console as a developer runs it. It prints more, and must not print a key. */
export async function startDevelopment(omni: string): Promise<RunningConsole> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'omni-dev-'));
  const options = { servers: `Demo=${omni}`, storeFile: join(folder, 'console.db') };
  const env = { ...consoleEnv(options, port), NODE_ENV: 'development', LOG_LEVEL: 'debug' };
  const server = startServer([bin('next'), 'dev', '--hostname', '127.0.0.1', '--port', String(port)], env);
  const origin = `http://127.0.0.1:${port}`;
  const stop = async (): Promise<void> => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    await untilReady('next dev', `${origin}/api/health/live`, server, 120_000);
  } catch (error) {
    await stop();
    throw error;
  }
  return { ...server, stop, origin, port, env };
}
