import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import type { Control } from '../sandbox/control-client.ts';
import { expect } from './fixtures.ts';

const WCAG = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];

export async function axe(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).withTags(WCAG).analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

/** The changes Omni was asked for since its calls were cleared. */
export async function writes(omni: Control): Promise<string[]> {
  const { items } = await omni.calls();
  return items.filter(({ method }) => method !== 'GET').map(({ method, path }) => `${method} ${path}`);
}

/** No page is wider than the window, whatever it holds. */
export function fits(page: Page): Promise<boolean> {
  return page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth);
}

/** A key of this test's own. */
export async function ownKey(omni: Control, more: Record<string, unknown> = {}): Promise<string> {
  const id = crypto.randomUUID();
  await omni.rows({
    api_keys: [{ id, name: `prova-${id.slice(0, 4)}`, keyHash: id, scopes: ['persons:read'], ...more }],
  });
  return id;
}

/** Takes away every key but those a sandbox begins with. */
export async function dropKeys(omni: Control): Promise<void> {
  await omni.write('DELETE FROM api_keys WHERE id NOT LIKE ?', ['99999990%']);
}
