import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { awaitLine, isLineLost, onLineChange } from './await-line.ts';

const PAGE = { headers: { rsc: '1' } };
type Answer = Response | Error;

/** What is asked, and what it gets in turn. */
let answers: Answer[] = [];
let asked: string[] = [];
let browser: EventTarget & { fetch: typeof fetch };

beforeEach(() => {
  vi.useFakeTimers();
  [answers, asked] = [[], []];
  browser = Object.assign(new EventTarget(), {
    fetch: (input: RequestInfo | URL) => {
      asked.push(String(input));
      const answer = answers.shift() ?? new Response('here');
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    },
  });
  vi.stubGlobal('window', browser);
  vi.stubGlobal('location', { href: 'http://console/persons', origin: 'http://console' });
  awaitLine();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const cut = () => new TypeError('Failed to fetch');

describe('awaitLine', () => {
  test('a page that gets no answer is asked for until it does, and the line is said to be lost once', async () => {
    answers = [cut(), cut(), new Response('', { status: 502 }), new Response('page')];
    const heard: boolean[] = [];
    const stop = onLineChange(() => heard.push(isLineLost()));
    const page = browser.fetch('/routes', PAGE);
    await vi.advanceTimersByTimeAsync(3500);
    expect(await (await page).text()).toBe('page');
    expect([asked.length, heard]).toEqual([4, [true, false]]);
    stop();
  });

  test('messages are waited for too; online again, what waits is asked at once', async () => {
    answers = [cut(), cut(), cut(), cut()];
    const messages = browser.fetch('http://console/messages/en/ui-1.json');
    await vi.advanceTimersByTimeAsync(3600);
    expect(asked).toHaveLength(4);
    browser.dispatchEvent(new Event('online'));
    expect(await (await messages).text()).toBe('here');
  });

  test('nothing but a read of a page is asked twice: no action, lookup, file of another origin, or what was given up', async () => {
    const gone = AbortSignal.abort();
    const once: [string, RequestInit][] = [
      ['/routes', { method: 'POST', ...PAGE }],
      ['/api/lookup/persons', {}],
      ['https://elsewhere/routes', PAGE],
      ['/routes', { ...PAGE, signal: gone }],
    ];
    for (const [address, init] of once) {
      answers = [cut()];
      await expect(browser.fetch(address, init)).rejects.toThrow('Failed to fetch');
    }
    expect(asked).toHaveLength(once.length);
    expect(isLineLost()).toBe(false);
  });

  test('a proxy that goes on saying that nothing is behind it is believed', async () => {
    answers = Array.from({ length: 20 }, () => new Response('', { status: 504 }));
    const page = browser.fetch('/routes', PAGE);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([(await page).status, asked.length, isLineLost()]).toEqual([504, 9, false]);
  });
});
