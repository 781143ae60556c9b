import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { bin, run } from './processes.ts';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';
const POSTGRES_HOME = '/usr/lib/postgresql';

/** Debian's Chromium where it is installed; Playwright's own otherwise. */
export function chromiumPath(): string | undefined {
  return existsSync(DEBIAN_CHROMIUM) ? DEBIAN_CHROMIUM : undefined;
}

/** The folder of `initdb` and `postgres`, the newest version first. */
export function postgresBin(): string | undefined {
  const versions = existsSync(POSTGRES_HOME) ? readdirSync(POSTGRES_HOME) : [];
  const folders = versions
    .toSorted((a, b) => Number(b) - Number(a))
    .map((version) => join(POSTGRES_HOME, version, 'bin'));
  const onPath = (process.env.PATH ?? '').split(':');
  return [...folders, ...onPath].find(
    (folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')),
  );
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

async function apt(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${packages.join(' and ')} from Debian's packages …`);
  await run('apt-get', ['update', '-qq'], env);
  await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...packages], env);
}

/** Sees to a browser and a PostgreSQL for the tests. Says loudly what stays missing; never fails by itself. */
export async function installSystemPackages(): Promise<void> {
  const browserThere = () => chromiumPath() !== undefined || existsSync(chromium.executablePath());
  const missing = [...(browserThere() ? [] : ['chromium']), ...(postgresBin() === undefined ? ['postgresql'] : [])];
  if (missing.length > 0 && mayInstall()) await apt(missing);
  if (!browserThere()) {
    console.log("Installing Playwright's own Chromium …");
    await run(process.execPath, [bin('playwright'), 'install', 'chromium']);
  }
}
