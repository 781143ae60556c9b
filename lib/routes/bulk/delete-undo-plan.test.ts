import { expect, test } from 'vitest';
import type { KeptRoute } from './kept-route.ts';
import { planDeleteUndo } from './delete-undo-plan.ts';

const route = {
  id: 'r',
  instanceId: 'i',
  scope: 'user',
  personId: 'p',
  content: { agentId: null, label: 'Sem agente' },
} as unknown as KeptRoute;

const notes = (agents: Record<string, string | null>) =>
  planDeleteUndo([route], { taken: [], agents, instances: {}, names: {} }, () => []).notes?.map(({ key }) => key) ?? [];

test('routes.delete-undo: that the instance has no default agent is said only where it was read', () => {
  expect(notes({ i: null })).toContain('delete-undo.no-agent');
  expect(notes({})).toContain('delete-undo.agent-not-read');
});
