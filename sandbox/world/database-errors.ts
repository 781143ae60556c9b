import { ApiError, type DatabaseRefusal } from '../wire/http-errors.ts';

/**
 * The releases this sandbox can be. `measured` answers as behaviour.md says for "current" and is the default;
 * `published` words database errors, the identity CHECK and the chats filter as contract.md says for the current source;
 * `newest` is `published` with the access rules of the newest source (access.md §9, read and not recorded); `feb` is the February 2026 server: no agents, scopes on keys only, 500 for every database error.
 */
export type Generation = 'measured' | 'published' | 'newest' | 'feb';

export const GENERATIONS: readonly Generation[] = ['measured', 'published', 'newest', 'feb'];

/** Whether a release has what the current source has and the measured server had not. */
export function isPublished(generation: Generation): boolean {
  return generation === 'published' || generation === 'newest';
}

/** Puts what the database refused into the words of a release (contract §1.5, behaviour C4, E3, F11, F16). */
export function wordRefusal(refusal: DatabaseRefusal, generation: Generation): ApiError {
  if (generation === 'measured') return measured(refusal);
  if (refusal.table === 'agent_routes' && refusal.kind === 'unique') return routeConflict();
  if (generation === 'feb') return new ApiError(500, 'INTERNAL_ERROR', refusal.message);
  return published(refusal);
}

function measured(refusal: DatabaseRefusal): ApiError {
  if (refusal.kind === 'unique') {
    const detail = `Key (${refusal.columns.join(', ')})=(${refusal.values.join(', ')}) already exists.`;
    return new ApiError(409, 'CONFLICT', 'Resource already exists', { details: { detail } });
  }
  return new ApiError(500, 'DB_QUERY_FAILED', 'Database query failed', { retryable: true });
}

function published(refusal: DatabaseRefusal): ApiError {
  if (refusal.kind === 'unique') {
    const field = refusal.columns.join(', ') || 'value';
    return new ApiError(409, 'CONFLICT', `A record with that ${field} already exists.`, { details: { field } });
  }
  if (refusal.kind === 'reference') {
    return new ApiError(400, 'VALIDATION_ERROR', 'Referenced record does not exist.', { details: {} });
  }
  return new ApiError(500, 'INTERNAL_ERROR', 'Internal server error');
}

/** The service reads `constraint` where the driver says `constraint_name`, so the constraint is always unknown (contract §2). */
function routeConflict(): ApiError {
  const conflictReason = 'Route already exists';
  return new ApiError(409, 'CONFLICT', `AgentRoute conflict: ${conflictReason}`, {
    details: { resourceType: 'AgentRoute', conflictReason, constraint: 'unknown' },
  });
}
