import type { BrowserContext } from '@playwright/test';

/** What went wrong in the browser while a test ran. Empty, or the test fails. */
export type Watch = {
  problems: string[];
  /** Problems that match are what this test is about. */
  expectProblem: (pattern: RegExp) => void;
  unexpected: () => string[];
};

/** A 404 or 500 that a test means to see is told by the page's content, not by Chromium's line about it. */
const CHROMIUM_NOISE = /^Failed to load resource: the server responded with a status of/;

/** Crashes, console errors, CSP violations and requests to other origins, on every page of the context. */
export async function watch(context: BrowserContext, origin: string): Promise<Watch> {
  const problems: string[] = [];
  const expected: RegExp[] = [];
  context.on('weberror', (error) => problems.push(`crash: ${error.error().message}`));
  context.on('console', (message) => {
    if (message.type() === 'error' && !CHROMIUM_NOISE.test(message.text())) problems.push(`console: ${message.text()}`);
  });
  context.on('request', (request) => {
    const url = new URL(request.url());
    const inside = ['data:', 'blob:', 'about:'].includes(url.protocol);
    if (!inside && url.origin !== origin) problems.push(`foreign request: ${url.origin}`);
  });
  await context.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile ?? ''}`);
    });
  });
  return {
    problems,
    expectProblem: (pattern) => void expected.push(pattern),
    unexpected: () => problems.filter((problem) => !expected.some((pattern) => pattern.test(problem))),
  };
}
