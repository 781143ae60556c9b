import { z } from 'zod';
import { optionalParam } from '#lib/text/params.ts';
import { dayAfter, startOfDay } from '#lib/i18n/local-time.ts';
import type { LinesFilter } from '#lib/activity/lines.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { operationToday } from '#lib/operations/journal/read-old-names.ts';

const word = optionalParam(z.string().regex(/^[\w.-]{1,60}$/));
const day = optionalParam(z.iso.date());

/** What a change can be about: the console's operations on it, and what Omni's record calls it (contract §7.2); null where one has none. */
export const ABOUT = {
  person: { operations: 'persons.', omni: null },
  rule: { operations: 'access.', omni: null },
  route: { operations: 'routes.', omni: 'route' },
  key: { operations: 'keys.', omni: 'api_key' },
  instance: { operations: null, omni: 'instance' },
  agent: { operations: null, omni: 'agent' },
  provider: { operations: null, omni: 'provider' },
  automation: { operations: null, omni: 'automation' },
  setting: { operations: null, omni: 'setting' },
} as const;

export type About = keyof typeof ABOUT;

const abouts = Object.keys(ABOUT) as [About, ...About[]];

/**
 * The list's state is its address; garbage is ignored. `kind` is an operation, also by a name of an earlier release. `before` is
 * `<milliseconds>~<id>`: the entry or Omni's change after which the list goes on.
 */
export const activityParams = z.object({
  origin: optionalParam(z.enum(['console', 'omni'])),
  type: optionalParam(z.enum(abouts)),
  kind: word.transform((name) => name && operationToday(name)),
  status: word,
  who: optionalParam(z.string().regex(/^[\w:.-]{1,120}$/)),
  subject: optionalParam(z.string().trim().min(1).max(255)),
  since: day,
  until: day,
  before: optionalParam(z.string().regex(/^\d{1,15}~[0-9a-f-]{36}$/)),
});

export type ActivityParams = z.infer<typeof activityParams>;

/** What the parameters are read with: the reader's zone, all operations, and what `who` is called in Omni's record (null: by nothing). */
export type ParamsReader = { timeZone: string; operations: readonly string[]; called: string | null };

/** The filter of the lines behind the parameters of a page. Days are days in the reader's zone. */
export function filterOf(params: ActivityParams, { timeZone, operations, called }: ParamsReader): LinesFilter {
  const { kind, status, who, subject, since, until, before } = params;
  const about = params.type ? ABOUT[params.type] : null;
  const [at, id] = before?.split('~') ?? [];
  const own = about?.operations;
  return {
    origin: about?.operations === null ? 'omni' : params.origin,
    omni: omniFilter(params, called),
    ...(kind ? { operation: kind } : {}),
    ...(own ? { operations: operations.filter((name) => name.startsWith(own)) } : {}),
    ...(status ? { status } : {}),
    ...(who === 'mine' ? { mine: true } : who ? { actor: who } : {}),
    ...(subject ? (isUuid(subject) ? { subject: subject.toLowerCase() } : { contact: subject }) : {}),
    ...(since ? { since: startOfDay(since, timeZone) } : {}),
    ...(until ? { until: startOfDay(dayAfter(until), timeZone) - 1 } : {}),
    ...(at && id ? { before: { at: Number(at), id } } : {}),
  };
}

/** The same for Omni's record; null where nothing of it can match: it has no operations, no phones, and no outcome but done and refused. */
function omniFilter({ kind, status, who, subject, type }: ActivityParams, called: string | null): LinesFilter['omni'] {
  const about = type ? ABOUT[type].omni : undefined;
  const outcome = status === undefined || status === 'done' || status === 'failed';
  const impossible = kind || !outcome || about === null || (who && called === null) || (subject && !isUuid(subject));
  if (impossible) return null;
  return {
    ...(about ? { type: about } : {}),
    ...(subject ? { target: subject.toLowerCase() } : {}),
    ...(who && called ? { actor: called } : {}),
    ...(status ? { refused: status === 'failed' } : {}),
  };
}
