import { z } from 'zod';
import { optionalParam } from '#lib/text/params.ts';
import { dayAfter, startOfDay } from '#lib/i18n/local-time.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { operationToday } from '#lib/operations/journal/read-old-names.ts';

const word = optionalParam(z.string().regex(/^[\w.-]{1,60}$/));
const day = optionalParam(z.iso.date());

/**
 * The list's state is its address; garbage is ignored. `kind` is an operation, also by a name of an earlier release. `before` is
 * `<milliseconds>~<entry id>`.
 */
export const activityParams = z.object({
  kind: word.transform((name) => name && operationToday(name)),
  status: word,
  who: optionalParam(z.string().regex(/^[\w:.-]{1,120}$/)),
  subject: optionalParam(z.string().trim().min(4).max(255)),
  since: day,
  until: day,
  before: optionalParam(z.string().regex(/^\d{1,15}~[0-9a-f-]{36}$/)),
});

export type ActivityParams = z.infer<typeof activityParams>;

/** The filter of the journal behind the parameters of a page. Days are days in the reader's zone. */
export function filterOf({ kind, status, who, subject, since, until, before }: ActivityParams, timeZone: string) {
  const [at, id] = before?.split('~') ?? [];
  return {
    ...(kind ? { operation: kind } : {}),
    ...(status ? { status } : {}),
    ...(who === 'mine' ? { mine: true } : who ? { actor: who } : {}),
    ...(subject ? (isUuid(subject) ? { subject } : { contact: subject }) : {}),
    ...(since ? { since: startOfDay(since, timeZone) } : {}),
    ...(until ? { until: startOfDay(dayAfter(until), timeZone) - 1 } : {}),
    ...(at && id ? { before: { at: Number(at), id } } : {}),
  };
}
