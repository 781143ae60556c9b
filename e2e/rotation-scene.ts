import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setInterval as every } from 'node:timers/promises';
import type { Browser, BrowserContextOptions, Page } from '@playwright/test';
import { createControl, type Control } from '../sandbox/control-client.ts';
import { startSandbox } from '../sandbox/server.ts';
import { randomSecrets, startConsole, type RunningConsole } from '../scripts/console.ts';
import { freePort } from '../scripts/ports.ts';
import { openAlive } from './fixtures.ts';
import { rotatePage, rotationBoard, shownOnce } from './pom/rotation.ts';

export type ClientKey = { id: string; secret: string };

/** An Omni whose clock is this test's alone, a console that can be ended and started again, and a client with a key. */
export type Scene = {
  page: Page;
  omni: Control;
  url: string;
  key: ClientKey;
  start: () => Promise<void>;
  end: (signal: 'SIGKILL' | 'SIGTERM') => Promise<void>;
  open: (path: string) => Promise<void>;
  /** Everything the console kept or said, as text. */
  traces: () => string;
  call: (secret: string) => Promise<number>;
};

type Options = { as?: string; context?: BrowserContextOptions; scopes?: string[] };

export async function withScene(browser: Browser, options: Options, use: (scene: Scene) => Promise<void>) {
  const folder = mkdtempSync(join(tmpdir(), 'omni-rotation-'));
  const sandbox = await startSandbox({ port: 0, persons: 100 });
  const omni = createControl(sandbox.url);
  const [port, secrets, storeFile] = [await freePort(), randomSecrets(), join(folder, 'console.db')];
  let web: RunningConsole | undefined;
  const said: string[] = [];
  const start = async () => {
    web = await startConsole({
      servers: `Demo=${sandbox.url}`,
      storeFile,
      port,
      secrets,
      onLine: (line) => said.push(line),
    });
  };
  await start();
  const context = await browser.newContext({
    baseURL: `http://127.0.0.1:${port}`,
    locale: 'en-US',
    timezoneId: 'America/Sao_Paulo',
    reducedMotion: 'reduce',
    permissions: ['clipboard-read', 'clipboard-write'],
    ...options.context,
  });
  try {
    const key = await clientKey(omni, options.scopes ?? ['persons:read', 'auth:validate']);
    const { forgeCookies, closeStores } = await import('./forge.ts');
    const as = options.as === 'client' ? key.secret : sandbox.keys.admin;
    if (web) await context.addCookies(await forgeCookies(web, { key: as, server: 'Demo' }));
    await closeStores();
    const page = await context.newPage();
    await use({
      page,
      omni,
      url: sandbox.url,
      key,
      start,
      end: async (signal) => {
        web?.child.kill(signal);
        await web?.exited;
      },
      open: (path) => openAlive(page, path),
      traces: () =>
        [...readdirSync(folder).map((name) => readFileSync(join(folder, name), 'latin1')), ...said].join('\n'),
      call: (secret) => callWith(sandbox.url, secret),
    });
  } finally {
    await context.close();
    await web?.stop();
    await sandbox.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function clientKey(omni: Control, scopes: string[]): Promise<ClientKey> {
  const secret = `omni_sk_${'ClientKeyOfARotationTest'.padEnd(32, '7')}`;
  const [id = ''] = (await omni.rows({ api_keys: [{ name: 'crm', secret, scopes }] })).api_keys ?? [];
  return { id, secret };
}

async function callWith(url: string, secret: string): Promise<number> {
  const answer = await fetch(`${url}/api/v2/persons?limit=1`, {
    headers: { 'x-api-key': secret, 'user-agent': 'crm/1.0', 'x-forwarded-for': '203.0.113.9' },
  });
  await answer.text();
  return answer.status;
}

/** From the wizard to the new key on the screen; its text. */
export async function makeKey({ page, open, key }: Scene): Promise<string> {
  await open(rotatePage.path(key.id));
  await rotatePage.make(page).click();
  await shownOnce.reveal(page).click();
  await page.waitForURL(rotationBoard.url);
  return (await shownOnce.key(page).textContent()) ?? '';
}

/** A client that calls again and again with the key it has now; every status it got. */
export function keepCalling(scene: Scene, secret: string) {
  const statuses: number[] = [];
  const state = { secret, going: true };
  const loop = (async () => {
    for await (const _tick of every(100)) {
      if (!state.going) return;
      statuses.push(await scene.call(state.secret));
    }
  })();
  return {
    statuses,
    switchTo: (next: string) => (state.secret = next),
    stop: async () => {
      state.going = false;
      await loop;
    },
  };
}
