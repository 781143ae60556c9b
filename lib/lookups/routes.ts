import * as z from './shape.ts';
import type { RouteMetrics } from '#lib/omni/schemas/routes.ts';
import type { Unhealthy } from '#lib/routes/health/health-line.ts';
import type { RouteHit } from '#lib/routes/list/find.ts';
import { MISSED } from '#lib/routes/list/list-filter.ts';
import type { RouteName } from '#lib/routes/list/route-name.ts';
import type { TestAfter } from '#lib/routes/tests/run-after.ts';
import type { PackedRoutes } from '#lib/routes/list/packed-routes.ts';
import { ids, oneId, problem, rowOf, searchText } from './lookup.ts';

const missing = z.object({ id: z.string(), name: z.string(), problem });

/** Routes: a line with what is there at once, then one for each instance that is late. `instances` asks some only. */
export const routesLookup = {
  address: '/api/lookup/routes',
  query: z.object({ instances: ids(100), instance: z.optional(oneId) }),
  answer: z.object({
    packed: z.custom<PackedRoutes>((part) => typeof part === 'object' && part !== null && 'answering' in part),
    answered: z.array(z.string()),
    failed: z.array(missing),
    late: z.array(missing),
  }),
};

/** Names of the chats (`<instance>:<id>,<id>;…`) and people of routes, a line each. */
export const routeNamesLookup = {
  address: '/api/lookup/route-names',
  query: z.object({ chats: z.optional(z.string()), persons: ids(100) }),
  answer: rowOf<RouteName>(),
};

/** Which chats and people a text finds at Omni. */
export const routeTargetsLookup = {
  address: '/api/lookup/route-targets',
  query: z.object({ q: searchText }),
  answer: z.object({
    ids: z.array(z.string()),
    missed: z.object({ chat: z.enum(MISSED), user: z.enum(MISSED) }),
  }),
};

/** The few routes that fit a text best. */
export const routeSearchLookup = {
  address: '/api/lookup/route-search',
  query: z.object({ q: searchText }),
  answer: z.object({
    rows: z.array(rowOf<RouteHit>()),
    total: z.number(),
    unread: z.array(z.string()),
    incomplete: z.boolean(),
    problem,
  }),
};

/** What is wrong with routes, a line at a time. */
export const routeHealthLookup = {
  address: '/api/lookup/route-health',
  query: z.object({}),
  answer: z.object({
    unhealthy: z.array(z.custom<Unhealthy>((one) => typeof one === 'object' && one !== null && 'row' in one)),
    unread: z.optional(z.array(z.string())),
    without: z.optional(z.array(z.enum(['agents', 'providers', 'provider-health']))),
    checked: z.number(),
    total: z.number(),
    failed: z.number(),
  }),
};

/** Omni's route cache now. */
export const routeMetricsLookup = {
  address: '/api/lookup/route-metrics',
  query: z.object({}),
  answer: z.custom<RouteMetrics['cache']>((cache) => typeof cache === 'object' && cache !== null && 'hitRate' in cache),
};

/** Chats of an instance by a text; the latest ones without one. */
export const chatsLookup = {
  address: '/api/lookup/chats',
  query: z.object({ instance: oneId, q: searchText }),
  answer: z.object({
    rows: z.array(
      z.object({ id: z.string(), name: z.string(), detail: z.optional(z.string()), archived: z.optional(z.boolean()) }),
    ),
    problem,
  }),
};

/** What saved tests say after a change, by its entry. */
export const testsAfterLookup = {
  address: '/api/lookup/tests-after',
  query: z.object({ entry: oneId }),
  answer: z.object({ tests: z.array(rowOf<TestAfter>()) }),
};
