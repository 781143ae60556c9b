import 'server-only';
import { env } from './env.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

declare const name: unique symbol;

/** A name the console gave itself: a row's id, a listed server's, a page's pattern. */
export type LogName = string & { readonly [name]: true };

const NAME = /^[\w[\]()./-]{1,80}$/;
const SECRET = /omni_sk_|@/i;

/** Lets a name into the log; whatever does not look like one is told as "other". */
export function logName(text: string): LogName {
  return (NAME.test(text) && !SECRET.test(text) ? text : 'other') as LogName;
}

type Fact = string | number | boolean | null;

/** Words written in the code, numbers and names: a text that came from outside does not compile. */
type Facts<F> = { [K in keyof F]: string extends F[K] ? never : F[K] };

/**
 * One line of JSON on the console, where `LOG_LEVEL` lets it through. `event` is a dotted name ("session.cookie_refused").
 * Keys, query strings, bodies and what a person typed cannot get in: facts are counts, words of ours and `logName`s.
 */
export function log<const E extends string, const F extends Record<string, Fact>>(
  level: Level,
  event: string extends E ? never : E,
  facts?: F & Facts<F>,
): void {
  const { LOG_LEVEL } = env();
  if (LOG_LEVEL === 'silent' || LEVELS.indexOf(level) < LEVELS.indexOf(LOG_LEVEL)) return;
  // oxlint-disable-next-line no-console
  console[level](JSON.stringify({ level, at: new Date().toISOString(), event, ...facts }));
}
