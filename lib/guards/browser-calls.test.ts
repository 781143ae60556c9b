import { describe, expect, it } from 'vitest';
import { bareCode, code, findings, isTest, sources, type Source } from './source.ts';

const WRAPPER = 'components/shell/calls/call-action.ts';
/**
 * `console-fetch.ts` is the one that reads; the clock and the sign-out ask for the session itself, whose end they handle; messages
 * are files that need no session.
 */
const FETCHERS: ReadonlySet<string> = new Set([
  'components/shell/calls/console-fetch.ts',
  'components/session/request/mark-requests.ts',
  'components/session/request/use-session-clock.ts',
  'components/session/sign-in/sign-out.ts',
  'components/shell/messages/messages-in.browser.ts',
]);

/** Files that run in the browser. */
const browser = () => sources().filter(({ path }) => path.startsWith('components/') && !isTest(path));

/**
 * Actions come to components as parts of their props, so what such a part is typed as decides whether it can be called: a
 * `ServerAction` can't (`lib/actions/server-action.ts`), a function that answers an `ActionResult` could.
 */
function callable({ path, text }: Source): string[] {
  if (path === WRAPPER) return [];
  const body = code(text);
  const typed = [...body.matchAll(/(?:[\w?]+\s*:|type \w+ =)\s*\([^()]*\)\s*=>\s*Promise<ActionResult\b/g)].map(
    ([found]) => `types an action so that it can be called bare: ${found.replaceAll(/\s+/g, ' ')}`,
  );
  const swallowed = [...body.matchAll(/code:\s*'console_unreachable'/g)].map(
    () => 'takes a rejection for a console that can’t be reached by itself; `callAction` tells which it is',
  );
  const called = [...body.matchAll(/\.call\(\s*CALLER|as ActionCaller|ActionCaller\b/g)].map(
    () => 'makes itself a caller of actions',
  );
  const imported = [...body.matchAll(/from '(#app\/[^']*actions\.ts)'/g)].map(([, from]) => `imports ${from}`);
  return [...typed, ...swallowed, ...called, ...imported];
}

function fetches({ path, text }: Source): string[] {
  if (FETCHERS.has(path)) return [];
  return /(?<![\w.])fetch\(/.test(bareCode(text)) ? ['fetches past `consoleFetch`, so a 401 looks like a failure'] : [];
}

/** What a component holds under a name of an action's must be typed as one. */
const ACTION_PROPS = /<\w+[^<>]*?\b(\w+)=\{(\w+Action)\}/g;

describe('the browser calls the console', () => {
  it('by callAction only, where it calls an action', () => {
    expect(findings(browser(), callable)).toEqual([]);
    const given = sources().filter(({ path }) => path.startsWith('app/') && path.endsWith('.tsx'));
    const props = given.flatMap(({ text }) => [...text.matchAll(ACTION_PROPS)].map(([, prop = '']) => prop));
    expect(props.length).toBeGreaterThan(8);
    const types = browser()
      .map(({ text }) => code(text))
      .join('\n');
    const untyped = [...new Set(props)].filter(
      (prop) => !new RegExp(`\\b${prop}\\??: (?:ServerAction<|\\w+;|\\w+\\['|ComponentProps<)`).test(types),
    );
    expect(untyped).toEqual([]);
  });

  it('by consoleFetch only, where it reads', () => {
    expect(findings(browser(), fetches)).toEqual([]);
  });

  it('has rules that can fail', () => {
    const at = (text: string) => ({ path: 'components/a.tsx', text });
    expect(callable(at('type P = { end: (input: { sid: string }) => Promise<ActionResult> };'))).toHaveLength(1);
    expect(callable(at('type End = (input: I) => Promise<ActionResult<null>>;'))).toHaveLength(1);
    expect(callable(at("end(x).catch(() => ({ ok: false, code: 'console_unreachable' }))"))).toHaveLength(1);
    expect(callable(at('end.call({} as ActionCaller, x)'))).toHaveLength(1);
    expect(callable(at("import { endAction } from '#app/(console)/account/actions.ts';"))).toHaveLength(1);
    expect(callable(at('type P = { end: ServerAction<{ sid: string }> };'))).toEqual([]);
    expect(fetches(at('await fetch(`/api/lookup/x`)'))).toHaveLength(1);
    expect(fetches(at('await consoleFetch(`/api/lookup/x`)'))).toEqual([]);
  });
});
