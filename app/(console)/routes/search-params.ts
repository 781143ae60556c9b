import { z } from 'zod';
import { searchedText } from '#lib/omni/limits.ts';
import { optionalParam, paramOr } from '#lib/text/params.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { COVERAGE_SORTS } from '#lib/routes/coverage/sort.ts';
import { REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import { SORTS, type RoutesFilter } from '#lib/routes/list/list-filter.ts';

const id = z.string().refine(isUuid).toLowerCase();
const maybe = optionalParam(id);
const ORDERS = [...SORTS, ...SORTS.map((by) => `-${by}` as const)];

/** The list's state is its address; garbage falls away and none of it reaches Omni. */
export const routesParams = z.object({
  q: paramOr(z.string().transform(searchedText), ''),
  instance: optionalParam(id),
  agent: optionalParam(z.union([z.literal('default'), id])),
  scope: optionalParam(z.enum(['chat', 'user'])),
  active: optionalParam(z.enum(['yes', 'no'])),
  sort: paramOr(z.enum(ORDERS), 'instance'),
}) satisfies z.ZodType<RoutesFilter>;

/** Whom a new route is for (`for`: which kind, while nobody is chosen), and which one it copies. Garbage falls away. */
export const newRouteParams = z.object({
  instance: maybe,
  chat: maybe,
  person: maybe,
  for: optionalParam(z.enum(['chat', 'user'])),
  copy: maybe,
});

/** Who is asked about. A chat id may be any text: Omni skips every route for one that is no UUID (contract §2.1). */
export const testParams = z.object({
  instance: maybe,
  chat: optionalParam(z.string().trim().min(1).max(300)),
  person: maybe,
});

const MOST_INSTANCES = 50;

/** Of which instances saved tests are shown, by ids with commas between them; empty is all. Garbage falls away. */
export const savedTestsParams = z.object({
  instance: paramOr(z.string(), '').transform((text) =>
    [...new Set(text.toLowerCase().split(',').filter(isUuid))].slice(0, MOST_INSTANCES),
  ),
});

/** What reasons were called before, so that links with them still work. */
const FORMER: Readonly<Record<string, HealthReason>> = {
  'off-long': 'inactive',
  'off-blocks': 'inactive',
};

const KNOWN: ReadonlySet<string> = new Set(REASONS);

/** Which findings are shown on the page of the routes' health (ids with commas between them; none is all), and of whose routes. */
export const healthParams = z.object({
  reason: paramOr(z.string(), '').transform((text) => [
    ...new Set(text.split(',').flatMap((each) => readReason(Object.hasOwn(FORMER, each) ? FORMER[each] : each))),
  ]),
  instance: maybe,
  agent: maybe,
});

function readReason(text: string | undefined): HealthReason[] {
  return text !== undefined && KNOWN.has(text) ? [text as HealthReason] : [];
}

const COVERAGE_ORDERS = [...COVERAGE_SORTS, ...COVERAGE_SORTS.map((by) => `-${by}` as const)];

/** What the page of coverage shows: by instance or by agent, and how that is narrowed and ordered. */
export const coverageParams = z.object({
  by: paramOr(z.enum(['instance', 'agent']), 'instance'),
  q: paramOr(z.string().transform(searchedText), ''),
  agent: maybe,
  sort: paramOr(z.enum(COVERAGE_ORDERS), 'name'),
});
