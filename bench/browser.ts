import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Response } from '@playwright/test';
import { shell } from '../e2e/pom/shell.ts';
import { signInPage } from '../e2e/pom/session/sign-in.ts';
import { shellLaunch } from '../scripts/servers/chromium.ts';

export type BrowserCookies = Awaited<ReturnType<BrowserContext['cookies']>>;

/** Without windows of its own, which the whole browser builds meanwhile on the same processors. */
export function launch(): Promise<Browser> {
  return chromium.launch(shellLaunch());
}

/** Signs in as a person does; the cookies open every other context. */
export async function signIn(browser: Browser, origin: string, key: string): Promise<BrowserCookies> {
  const context = await browser.newContext({ locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await page.locator('html[data-hydrated]').waitFor();
  await signInPage.signIn(page, key, 'Demo');
  await shell.account(page).waitFor();
  const cookies = await context.cookies();
  await context.close();
  return cookies;
}

export type Weight = { script: number; total: number; requests: number };

/** What an empty browser fetches for one page: scripts as gzip makes them, and all bytes on the wire. */
export async function weigh(browser: Browser, cookies: BrowserCookies, url: string): Promise<Weight> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  const page = await context.newPage();
  const devtools = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  const weight: Weight = { script: 0, total: 0, requests: 0 };
  devtools.on('Network.loadingFinished', ({ encodedDataLength }) => {
    weight.total += encodedDataLength;
    weight.requests += 1;
  });
  const scripts: Promise<Buffer>[] = [];
  const note = (response: Response) => {
    if (response.request().resourceType() === 'script') scripts.push(response.body());
  };
  page.on('response', note);
  await page.goto(url, { waitUntil: 'load' });
  await page.locator('html[data-hydrated]').waitFor();
  page.off('response', note);
  for (const body of await Promise.all(scripts)) weight.script += gzipSync(body).length;
  await context.close();
  return weight;
}

/** Milliseconds from the start of the navigation until the first row of a table was painted, in an empty browser. */
export async function firstRows(browser: Browser, cookies: BrowserCookies, url: string): Promise<number> {
  const context = await browser.newContext({ locale: 'en-US' });
  await context.addCookies(cookies);
  await context.addInitScript(() => {
    const watch = () => {
      if (document.querySelector('tbody tr')) requestAnimationFrame(() => performance.mark('rows'));
      else requestAnimationFrame(watch);
    };
    watch();
  });
  const page = await context.newPage();
  await page.goto(url, { waitUntil: 'load' });
  const handle = await page.waitForFunction(() => performance.getEntriesByName('rows')[0]?.startTime);
  const time = await handle.jsonValue();
  await context.close();
  return time ?? NaN;
}
