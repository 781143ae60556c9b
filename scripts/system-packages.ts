import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';
import { postgresBinaries } from '#lib/store/testing/postgres.ts';
import { chromiumLaunch } from './chromium.ts';
import { bin, run } from './processes.ts';

function hasBrowser(): boolean {
  return chromiumLaunch().executablePath !== undefined || existsSync(chromium.executablePath());
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

/** Sees to a browser and a PostgreSQL for the tests. Never fails by itself: what stays missing is said where it is used. */
export async function installSystemPackages(): Promise<void> {
  const missing = [...(hasBrowser() ? [] : ['chromium']), ...(postgresBinaries() === undefined ? ['postgresql'] : [])];
  if (missing.length > 0 && mayInstall()) await apt(missing);
  if (!hasBrowser()) {
    console.log("Installing Playwright's own Chromium …");
    await run(process.execPath, [bin('playwright'), 'install', 'chromium']);
  }
}
