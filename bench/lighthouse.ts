import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import lighthouse, { desktopConfig } from 'lighthouse';
import { shellLaunch } from '../scripts/servers/chromium.ts';
import { freePort } from '../scripts/servers/ports.ts';
import type { BrowserCookies } from './browser.ts';
import { median, type Figure } from './numbers.ts';

const ROUNDS = 3;
const CATEGORIES = ['accessibility', 'best-practices', 'performance'] as const;

const METRICS = ['largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift'];

/**
 * Lighthouse's own scores (0 to 100), desktop preset; performance is the median of three. What it found is the note. The cookies lie in
 * the browser's own profile, which Lighthouse opens its tabs in: sent as a header of its own they bring the browser down.
 */
export async function lighthouseScores(
  pages: readonly { path: string; cookies: BrowserCookies }[],
  origin: string,
): Promise<Figure[]> {
  const port = await freePort();
  const launch = shellLaunch();
  const profile = mkdtempSync(join(tmpdir(), 'omni-lighthouse-'));
  const args = [...launch.args, `--remote-debugging-port=${port}`];
  const browser = await chromium.launchPersistentContext(profile, { ...launch, args });
  const rows: Figure[] = [];
  try {
    for (const { path, cookies } of pages) {
      await browser.clearCookies();
      await browser.addCookies(cookies);
      const scores = new Map<string, number[]>();
      const found = new Set<string>();
      let metrics = '';
      for (let round = 0; round < ROUNDS; round += 1) {
        const onlyCategories = [...CATEGORIES];
        const options = { port, logLevel: 'error' as const, onlyCategories };
        const run = await lighthouse(origin + path, options, desktopConfig);
        if (!run) throw new Error(`Lighthouse reported nothing of ${path}`);
        metrics = METRICS.map((id) => `; ${id} ${run.lhr.audits[id]?.displayValue}`).join('');
        for (const id of CATEGORIES) {
          const category = run.lhr.categories[id];
          scores.set(id, [...(scores.get(id) ?? []), (category?.score ?? Number.NaN) * 100]);
          for (const { id: audit, weight } of category?.auditRefs ?? []) {
            const { score } = run.lhr.audits[audit] ?? {};
            if (id !== 'performance' && weight > 0 && typeof score === 'number' && score < 1) found.add(audit);
          }
        }
      }
      for (const [id, all] of scores) {
        const target = id === 'performance' ? 'target ≥ 95' : 'target 100';
        const why = id === 'performance' ? metrics : found.size === 0 ? '' : `; found: ${[...found].join(', ')}`;
        rows.push({ what: `${path} ${id}`, figure: median(all).toFixed(0), note: `${target}${why}` });
      }
    }
  } finally {
    await browser.close();
    rmSync(profile, { recursive: true, force: true });
  }
  return rows;
}
