'use client';

import { createContext, use, type ReactNode } from 'react';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';

/** A plan and the token to run it. */
export type ShownPlan = { token: string; plan: Plan };
/** What a run or a continuation answers. `delivered`: what is shown once. */
export type RunAnswer =
  | { is: 'started'; entryId: string; delivered?: Json[] }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; token: string; plan: Plan };

/** The actions behind every change. `app/` passes them down, since components can't import from it. */
export type OperationActions = {
  preview: (input: { operation: string; input: Json }) => Promise<ActionResult<ShownPlan>>;
  previewUndo: (input: { entryId: string }) => Promise<ActionResult<ShownPlan>>;
  previewAgain: (input: { entryId: string }) => Promise<ActionResult<ShownPlan>>;
  run: (input: { token: string }) => Promise<ActionResult<RunAnswer>>;
  resume: (input: { entryId: string }) => Promise<ActionResult<RunAnswer>>;
};

const Actions = createContext<OperationActions | null>(null);

export function OperationsProvider({ actions, children }: { actions: OperationActions; children: ReactNode }) {
  return <Actions value={actions}>{children}</Actions>;
}

export function useOperationActions(): OperationActions {
  const actions = use(Actions);
  if (!actions) throw new Error('no operations here: OperationsProvider is missing');
  return actions;
}

const Delivery = createContext<(secret: Json) => void>(() => undefined);

/** Takes what an inline change shows once where the page that ran it has no place for it: nothing delivered is ever dropped. */
export function DeliveryProvider({ take, children }: { take: (secret: Json) => void; children: ReactNode }) {
  return <Delivery value={take}>{children}</Delivery>;
}

export function useDelivery(): (secret: Json) => void {
  return use(Delivery);
}
