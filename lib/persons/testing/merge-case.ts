import type { AccessRule } from '#lib/omni/schemas/access.ts';
import type { Agent } from '#lib/omni/schemas/agents.ts';
import type { Instance } from '#lib/omni/schemas/instances.ts';
import type { Identity, Person } from '#lib/omni/schemas/persons.ts';
import type { Route } from '#lib/omni/schemas/routes.ts';
import { valueOf, type NotSeen } from '#lib/omni/seen.ts';
import { planNow } from '#lib/operations/effects/plan-of.ts';
import type { MergeInput, MergeFacts } from '#lib/persons/merge/merge-facts.ts';
import { planMerge as effectsOf } from '#lib/persons/merge/merge-plan.ts';
import { mergeSteps } from '#lib/persons/merge/merge-steps.ts';
import type { PersonRecord } from '#lib/persons/record/person-record.ts';

/** The plan of a merge, made of facts without any server. */
export const planMerge = (asked: MergeInput, given: MergeFacts) =>
  planNow({ plan: effectsOf, steps: mergeSteps }, asked, given);

export const DUPLICATE = 'dddddd01-0000-4000-8000-000000000001';
export const SURVIVOR = 'dddddd02-0000-4000-8000-000000000002';
const AGENT = 'aaaaaa01-0000-4000-8000-000000000001';
export const OTHER_AGENT = 'aaaaaa02-0000-4000-8000-000000000002';
export const HERE = '11111111-1111-4111-8111-111111111111';
export const FAILED: NotSeen = { is: 'failed', problem: { code: 'bad_answer_status', values: { status: 500 } } };
const NOW = Date.parse('2026-06-01T00:00:00Z');

/** A merge with nothing chosen. */
export const input = (more: Partial<MergeInput> = {}): MergeInput => ({
  duplicate: DUPLICATE,
  survivor: SURVIVOR,
  reason: '',
  fields: {},
  routes: {},
  ...more,
});

/** A person with identities on WhatsApp. */
export function record(
  id: string,
  fields: Partial<Person> = {},
  handles = ['5511900001234@s.whatsapp.net'],
  messages = 0,
): PersonRecord {
  const none = { displayName: null, primaryPhone: null, primaryEmail: null, avatarUrl: null, metadata: null };
  const person = { ...none, createdAt: '2026-01-01T00:00:00Z', updatedAt: '2026-01-01T00:00:00Z', ...fields, id };
  const identities = handles.map((platformUserId, index) => ({
    id: `${id.slice(0, -1)}${index}`,
    channel: 'whatsapp-baileys',
    platformUserId,
    messageCount: messages,
  }));
  return { person: person as Person, identities: identities as Identity[] };
}

/** A rule of the duplicate. */
export const rule = (more: Partial<AccessRule> = {}) =>
  ({
    id: 'r1',
    instanceId: HERE,
    ruleType: 'deny',
    personId: DUPLICATE,
    platformUserId: '5511900001234@s.whatsapp.net',
    phonePattern: null,
    priority: 0,
    enabled: true,
    expiresAt: null,
    reason: null,
    action: 'block',
    blockMessage: null,
    createdAt: '2026-01-01T00:00:00Z',
    ...more,
  }) as AccessRule;

/** A route of the duplicate. */
export const route = (more: Partial<Route> = {}) =>
  ({
    id: 'fffffff1-0000-4000-8000-000000000001',
    instanceId: HERE,
    scope: 'user',
    personId: DUPLICATE,
    agentId: AGENT,
    label: 'uma',
    isActive: true,
    priority: 0,
    ...more,
  }) as Route;

export const agent = (more: Partial<Agent> = {}) =>
  ({ id: AGENT, name: 'Vendas', isActive: true, ownerId: null, ...more }) as Agent;

/** Two people of whom everything could be read, and neither has anything. */
export function facts(more: Partial<MergeFacts> = {}): MergeFacts {
  return {
    duplicate: record(DUPLICATE),
    survivor: record(SURVIVOR),
    rules: valueOf([]),
    routes: valueOf({ items: [], missing: [] }),
    agents: valueOf([agent()]),
    automations: valueOf([]),
    serverUrl: 'http://omni',
    may: { rules: 'yes', routes: 'yes', agents: 'yes' },
    now: NOW,
    ...more,
  };
}

/** The instance of the rules and routes. */
export const wa = {
  id: HERE,
  name: 'wa-vendas',
  agentId: OTHER_AGENT,
  isActive: true,
  accessMode: 'disabled',
} as Instance;

/** An effect of a plan, by its name. */
export const effect = ({ changes = [] }: ReturnType<typeof planMerge>, what: string) =>
  changes.find((one) => one.what === what);
