import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startConsole, type ConsoleOptions, type RunningConsole } from '../scripts/console.ts';

type Options = Partial<ConsoleOptions> & Pick<ConsoleOptions, 'servers'>;

/** Runs `use` against a console of its own, in a folder of its own, and ends both. */
export async function withConsole(
  options: Options,
  use: (web: RunningConsole, folder: string) => Promise<void>,
): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'omni-second-'));
  const web = await startConsole({ storeFile: join(folder, 'console.db'), ...options });
  try {
    await use(web, folder);
  } finally {
    await web.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}
