import { z } from 'zod';
import { isUuid } from '#lib/omni/door/path.ts';
import { REASONS, type HealthReason } from '#lib/routes/health/health.ts';
import { SORTS, type RoutesFilter } from '#lib/routes/list/list-filter.ts';

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const id = z.string().refine(isUuid).toLowerCase();
const maybe = z.preprocess(one, id).optional().catch(undefined);
const ORDERS = [...SORTS, ...SORTS.map((by) => `-${by}` as const)];

/** The list's state is its address; garbage falls away and none of it reaches Omni. */
export const routesParams = z.object({
  q: z.preprocess(one, z.string().trim().max(200)).catch(''),
  instance: z.preprocess(one, id).optional().catch(undefined),
  agent: z
    .preprocess(one, z.union([z.literal('default'), id]))
    .optional()
    .catch(undefined),
  scope: z
    .preprocess(one, z.enum(['chat', 'user']))
    .optional()
    .catch(undefined),
  active: z
    .preprocess(one, z.enum(['yes', 'no']))
    .optional()
    .catch(undefined),
  sort: z.preprocess(one, z.enum(ORDERS)).catch('instance'),
}) satisfies z.ZodType<RoutesFilter>;

/** Whom a new route is for (`for`: which kind, while nobody is chosen), and which one it copies. Garbage falls away. */
export const newRouteParams = z.object({
  instance: maybe,
  chat: maybe,
  person: maybe,
  for: z
    .preprocess(one, z.enum(['chat', 'user']))
    .optional()
    .catch(undefined),
  copy: maybe,
});

/** Who is asked about. A chat id may be any text: Omni skips every route for one that is no UUID (contract §2.1). */
export const testParams = z.object({
  instance: maybe,
  chat: z.preprocess(one, z.string().trim().min(1).max(300)).optional().catch(undefined),
  person: maybe,
});

const MOST_INSTANCES = 50;

/** Of which instances saved tests are shown, by ids with commas between them; empty is all. Garbage falls away. */
export const savedTestsParams = z.object({
  instance: z
    .preprocess(one, z.string())
    .catch('')
    .transform((text) => [...new Set(text.toLowerCase().split(',').filter(isUuid))].slice(0, MOST_INSTANCES)),
});

/** What reasons were called before, so that links with them still work. */
const FORMER: Readonly<Record<string, HealthReason>> = {
  'off-long': 'inactive',
  'off-blocks': 'inactive',
};

/** Which findings are shown on the page of the routes' health. */
export const healthParams = z.object({
  reason: z.preprocess((value) => FORMER[String(value)] ?? value, z.enum(REASONS).nullable()).catch(null),
});
