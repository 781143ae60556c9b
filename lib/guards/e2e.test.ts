import { expect, test } from 'vitest';
import { bareCode, code, findings, sources, type Source } from './source.ts';

function waits(file: Source): string[] {
  if (!/^(e2e|bench)\//.test(file.path)) return [];
  const found = /\bwaitForTimeout\b|\bnetworkidle\b|(?<!\.)\bsetTimeout\(/.exec(code(file.text));
  return found ? [`waits by ${found[0]}`] : [];
}

/** Page objects know what a person sees and hears: roles, labels, text. */
function selectors(file: Source): string[] {
  if (!/^e2e\/(pom\/.*|.*\.spec)\.ts$/.test(file.path)) return [];
  const found = /\.locator\(|getByTestId|\.\$\$?\(|\.only\(|\btest\.skip\b/.exec(bareCode(file.text));
  return found ? [`uses ${found[0]}`] : [];
}

/** The fixtures' own `test` watches for crashes, CSP violations, foreign requests and logs; Playwright's does not. */
function ownTest(file: Source): string[] {
  if (!/^e2e\/.*\.spec\.ts$/.test(file.path)) return [];
  return /import\s*\{[^}]*\b(test|expect)\b[^}]*\}\s*from\s*['"]@playwright\/test['"]/.test(code(file.text))
    ? ['imports test or expect from Playwright instead of the fixtures']
    : [];
}

test.each([
  ['nothing waits by the clock or for a quiet network', waits],
  ['roles and labels only, nothing skipped', selectors],
  ['specs use the fixtures’ test', ownTest],
])('%s', (_name, rule) => {
  expect(findings(sources(), rule)).toEqual([]);
});

test('each rule can fail', () => {
  const path = 'e2e/persons.spec.ts';
  expect(waits({ path, text: 'await page.waitForTimeout(5);' })).toHaveLength(1);
  expect(waits({ path, text: "await page.goto('/', { waitUntil: 'networkidle' });" })).toHaveLength(1);
  expect(selectors({ path: 'e2e/pom/persons.ts', text: "page.locator('.row')" })).toHaveLength(1);
  expect(selectors({ path, text: "test.only('a', () => {})" })).toHaveLength(1);
  expect(ownTest({ path, text: "import { expect, test } from '@playwright/test';" })).toHaveLength(1);
  expect(ownTest({ path, text: "import type { Page } from '@playwright/test';" })).toEqual([]);
});
