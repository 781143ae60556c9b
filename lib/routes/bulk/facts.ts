import type { ParticipantSuccessor, RouteSuccessor } from '#lib/routes/verdict/successor.ts';
import type { KeptRoute } from './kept-route.ts';

/** A route by its id, on its instance. */
export type RouteRef = { instanceId: string; id: string };

/**
 * What a plan about some routes is made from. `participantSuccessors`: participants of these routes' chats with an active route of
 * their own. `participantsNotSeen`: of how many chats they were not seen though there are such people on the instance, and the
 * scope that is missing for it, if any. `agentless`: routes without an agent on instances without one: Omni creates no such route
 * (contract §2). Names by id of chat, person or instance.
 */
export type BulkFacts = {
  routes: KeptRoute[];
  agentless: string[];
  gone: string[];
  successors: RouteSuccessor[];
  participantSuccessors?: ParticipantSuccessor[];
  participantsNotSeen?: { count: number; scope?: string };
  instances: Record<string, string>;
  names: Record<string, string>;
};
