import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ProbeResult } from '#lib/routes/tests/run-saved-tests.ts';

/** A question to keep; no agent: nobody is expected to answer. */
export type ProbeInput = {
  instanceId: string;
  chatId: string | null;
  personId: string | null;
  agentId: string | null;
  title: string | null;
};

/** What probes need of the page that has the actions. */
export type ProbeActions = {
  save: (probe: ProbeInput) => Promise<ActionResult<{ id: string }>>;
  change: (probe: { id: string; agentId?: string | null; title?: string | null }) => Promise<ActionResult>;
  remove: (probe: { id: string }) => Promise<ActionResult>;
};

/** Asks the probes of an instance. */
export type RunProbes = (input: { instanceId: string }) => Promise<ActionResult<ProbeResult[]>>;
