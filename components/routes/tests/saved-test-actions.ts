import type { ServerAction } from '#lib/actions/server-action.ts';

/** What a saved test is created from. No agent: nobody is expected to answer. */
export type SavedTestInput = {
  instanceId: string;
  chatId: string | null;
  personId: string | null;
  agentId: string | null;
  title: string | null;
};

/** What can be done with saved tests; the page has the actions. */
export type SavedTestActions = {
  save: ServerAction<SavedTestInput, { id: string }>;
  change: ServerAction<{ id: string; agentId?: string | null; title?: string | null }>;
  remove: ServerAction<{ id: string }>;
};
