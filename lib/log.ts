import 'server-only';
import { env } from './env.ts';

const LEVELS = ['debug', 'info', 'warn', 'error'] as const;
type Level = (typeof LEVELS)[number];

/**
 * One line of JSON on the console, where `LOG_LEVEL` lets it through. `event` is a dotted name ("session.cookie_refused").
 * Never give it a key, a query string or what a person typed.
 */
export function log(level: Level, event: string, facts: Record<string, string | number | boolean | null> = {}): void {
  const { LOG_LEVEL } = env();
  if (LOG_LEVEL === 'silent' || LEVELS.indexOf(level) < LEVELS.indexOf(LOG_LEVEL)) return;
  // oxlint-disable-next-line no-console
  console[level](JSON.stringify({ level, at: new Date().toISOString(), event, ...facts }));
}
