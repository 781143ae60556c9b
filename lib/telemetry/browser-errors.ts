import 'server-only';
import { z } from 'zod';
import { log, logName, type LogName } from '#lib/log.ts';
import { processWide } from '#lib/process-wide.ts';
import { pageOfBuild } from './page-of.ts';

/** Lines a minute that all browsers together may write: anybody can send these. */
export const MOST_A_MINUTE = 30;
const MINUTE = 60_000;

/** A report is shorter; characters. */
export const LONGEST_REPORT = 2000;

/** What a page tells of an error (`components/shell/calls/report-error.ts`). */
const report = z.strictObject({
  kind: z.enum(['boundary', 'error', 'rejection']),
  name: z.string().max(80),
  path: z.string().max(500),
  build: z.string().max(80),
  digest: z.string().max(80).optional(),
  script: z.string().max(80).optional(),
  line: z.int().nonnegative().optional(),
  column: z.int().nonnegative().optional(),
});

type Spent = { since: number; lines: number; page: (target: string) => string };

/**
 * Writes a line about an error in a browser: its kind, its page's pattern, its script's name and place, the build. `text` is what the
 * browser sent; `now` in milliseconds. `refused`: it is no such report. `dropped`: this minute has had its lines, and the log has been
 * told so once.
 */
export function logBrowserError(text: string, now: number): 'logged' | 'dropped' | 'refused' {
  const parsed = report.safeParse(jsonOf(text));
  if (!parsed.success) return 'refused';
  const spent = processWide<Spent>('browser-errors', () => ({ since: now, lines: 0, page: pageOfBuild() }));
  if (now - spent.since >= MINUTE) Object.assign(spent, { since: now, lines: 0 });
  spent.lines += 1;
  if (spent.lines > MOST_A_MINUTE) {
    if (spent.lines === MOST_A_MINUTE + 1) log('warn', 'browser.errors_dropped', { most: MOST_A_MINUTE });
    return 'dropped';
  }
  const { kind, name, path, build, digest = '', script = '', line, column } = parsed.data;
  log('warn', 'browser.error', {
    kind,
    name: wordOf(name, CLASS),
    page: logName(spent.page(path)),
    build: wordOf(build, BUILD),
    digest: wordOf(digest, DIGEST),
    script: wordOf(script, SCRIPT),
    line: line ?? null,
    column: column ?? null,
  });
  return 'logged';
}

const CLASS = /^[A-Z][A-Za-z]{0,40}(Error|Exception)$|^Error$/;
const BUILD = /^[\da-z]{6,40}$/;
const DIGEST = /^\d{1,20}(@E\d{1,6})?$/;
const SCRIPT = /^[\w~-]{1,60}(\.[\w~-]{1,20})*\.js$/;

/** A word that looks like what our own pages send; any other may be somebody's text. */
function wordOf(text: string, shape: RegExp): LogName {
  return logName(text === '' ? 'none' : shape.test(text) ? text : 'other');
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
