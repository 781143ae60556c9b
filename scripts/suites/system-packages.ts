import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { postgresBinaries } from '#lib/store/testing/postgres.ts';
import { DEBIAN_SHELL, shellLaunch } from '../servers/chromium.ts';
import { bin, run } from '../servers/processes.ts';

function hasBrowser(): boolean {
  return shellLaunch().executablePath !== undefined || existsSync(chromium.executablePath());
}

function mayInstall(): boolean {
  return process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

/** One by one, so that a package this Debian lacks keeps none of the others away. */
async function apt(packages: string[]): Promise<void> {
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  console.log(`Installing ${packages.join(' and ')} from Debian's packages …`);
  await run('apt-get', ['update', '-qq'], env);
  for (const one of packages) await run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', one], env);
}

/** Sees to a browser and a PostgreSQL for the tests. Never fails by itself: what stays missing is said where it is used. */
export async function installSystemPackages(): Promise<void> {
  const missing = [
    ...(existsSync(DEBIAN_SHELL) ? [] : ['chromium-headless-shell']),
    ...(postgresBinaries() === undefined ? ['postgresql'] : []),
  ];
  if (missing.length > 0 && mayInstall()) await apt(missing);
  if (!hasBrowser() && mayInstall()) await apt(['chromium']);
  if (!hasBrowser()) {
    console.log("Installing Playwright's own Chromium …");
    await run(process.execPath, [bin('playwright'), 'install', 'chromium']);
  }
}
