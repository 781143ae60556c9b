import { existsSync } from 'node:fs';

const DEBIAN_CHROMIUM = '/usr/bin/chromium';

/** The same browser without its windows and bars: a test costs a third less of a processor with it. */
export const DEBIAN_SHELL = '/usr/bin/chromium-headless-shell';

type Launch = { executablePath?: string; args: string[] };

/** How Chromium is started here: Debian's where it is installed, Playwright's own otherwise; quiet and offline. */
export function chromiumLaunch(): Launch {
  return launch([DEBIAN_CHROMIUM, DEBIAN_SHELL]);
}

/** The same for tests and bench, which open thousands of pages and look at none. */
export function shellLaunch(): Launch {
  return launch([DEBIAN_SHELL, DEBIAN_CHROMIUM]);
}

function launch(wanted: string[]): Launch {
  const executablePath = wanted.find((path) => existsSync(path));
  const asRoot = process.getuid?.() === 0;
  return {
    ...(executablePath ? { executablePath } : {}),
    args: [
      ...(asRoot ? ['--no-sandbox'] : []),
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  };
}
