'use client';

import { createContext, Suspense, use, type ReactNode } from 'react';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { EntryView } from '#lib/operations/receipt/view.ts';
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
  preview: ServerAction<{ operation: string; input: Json }, ShownPlan>;
  previewUndo: ServerAction<{ entryId: string }, ShownPlan>;
  previewAgain: ServerAction<{ entryId: string }, ShownPlan>;
  run: ServerAction<{ token: string }, RunAnswer>;
  resume: ServerAction<{ entryId: string }, RunAnswer>;
};

const Actions = createContext<OperationActions | null>(null);

const AfterRun = createContext<ReactNode>(null);
const Shown = createContext<EntryView | null>(null);

type Props = {
  actions: OperationActions;
  /** Shown below each receipt, whatever page it is on; `useEntryShown` tells it whose. */
  afterRun?: ReactNode;
  children: ReactNode;
};

export function OperationsProvider({ actions, afterRun, children }: Props) {
  const inherited = use(AfterRun);
  return (
    <Actions value={actions}>
      <AfterRun value={afterRun ?? inherited}>{children}</AfterRun>
    </Actions>
  );
}

/** What the layout has to say of an entry that ended. */
export function AfterEntry({ entry }: { entry: EntryView }) {
  return (
    <Suspense fallback={null}>
      <Shown value={entry}>{use(AfterRun)}</Shown>
    </Suspense>
  );
}

/** The entry whose receipt is above. */
export function useEntryShown(): EntryView | null {
  return use(Shown);
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
