import type { ActionResult } from '#lib/actions/action-result.ts';
import type { SavedTestResult } from '#lib/routes/tests/run-saved-tests.ts';

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
  save: (savedTest: SavedTestInput) => Promise<ActionResult<{ id: string }>>;
  change: (savedTest: { id: string; agentId?: string | null; title?: string | null }) => Promise<ActionResult>;
  remove: (savedTest: { id: string }) => Promise<ActionResult>;
};

/** Runs the saved tests of an instance. */
export type RunSavedTests = (input: { instanceId: string }) => Promise<ActionResult<SavedTestResult[]>>;
