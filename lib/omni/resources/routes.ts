import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { path } from '#lib/omni/door/path.ts';
import { read } from '#lib/omni/cache/read.ts';
import type { Result } from '#lib/omni/result.ts';
import {
  routeAnswer,
  routeBody,
  routeList,
  routeMetricsAnswer,
  routePatch,
  type Route,
  type RouteBody,
  type RouteMetrics,
  type RoutePatch,
} from '#lib/omni/schemas/routes.ts';
import { done } from '#lib/omni/schemas/wire.ts';
import { write } from './write.ts';

type Answer<T> = Promise<Result<T, OmniError>>;

/** All routes of an instance, active or not. Scope `routes:read`. An unknown instance has none, not a 404 (contract §2). */
export function listRoutes(omni: Omni, instanceId: string, signal?: AbortSignal): Answer<Route[]> {
  return read(omni, { path: path`/instances/${instanceId}/routes`, schema: routeList, signal });
}

/** One route. Scope `routes:read`; `not_found` also when it belongs to another instance (contract §2). */
export function getRoute(omni: Omni, instanceId: string, id: string): Answer<Route> {
  return read(omni, { path: path`/instances/${instanceId}/routes/${id}`, schema: routeAnswer });
}

/**
 * Creates a route. Scope `routes:write`. `conflict` if the chat or person has one already, active or not; Omni doesn't
 * check that the chat is the instance's, nor that the agent is active (contract §2).
 */
export function createRoute(omni: Omni, instanceId: string, body: RouteBody): Answer<Route> {
  return write(omni, routeBody, {
    method: 'POST',
    path: path`/instances/${instanceId}/routes`,
    body,
    schema: routeAnswer,
  });
}

/** Changes a route's agent and overrides; null inherits. Scope `routes:write` (contract §2). */
export function patchRoute(omni: Omni, instanceId: string, id: string, patch: RoutePatch): Answer<Route> {
  return write(omni, routePatch, {
    method: 'PATCH',
    path: path`/instances/${instanceId}/routes/${id}`,
    body: patch,
    schema: routeAnswer,
  });
}

/** Deletes a route. Scope `routes:write`. Omni may answer with it for another 30 s elsewhere (contract §1.9). */
export function deleteRoute(omni: Omni, instanceId: string, id: string): Answer<undefined> {
  return omni.request({ method: 'DELETE', path: path`/instances/${instanceId}/routes/${id}`, schema: done });
}

/** Omni's route cache, of one process since its start. Scope `routes:read` (contract §2). */
export function getRouteMetrics(omni: Omni): Answer<RouteMetrics> {
  return read(omni, { path: '/routes/metrics', schema: routeMetricsAnswer });
}
