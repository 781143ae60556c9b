'use client';

import { createContext, use, type ReactNode } from 'react';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Json, Plan } from '#lib/operations/plan/define.ts';

export type Shown = { token: string; plan: Plan };
export type Ran =
  | { is: 'started'; entryId: string; told?: Json[] }
  | { is: 'ran'; entryId: string }
  | { is: 'busy'; entryId: string; who: string }
  | { is: 'stale'; token: string; plan: Plan };

/** The few actions behind every change; the pages that have them hand them down, since parts may not reach up. */
export type OperationActions = {
  preview: (input: { operation: string; input: Json }) => Promise<ActionResult<Shown>>;
  previewUndo: (input: { entryId: string }) => Promise<ActionResult<Shown>>;
  previewAgain: (input: { entryId: string }) => Promise<ActionResult<Shown>>;
  run: (input: { token: string }) => Promise<ActionResult<Ran>>;
  resume: (input: { entryId: string }) => Promise<ActionResult<Ran>>;
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

const Told = createContext<(told: Json) => void>(() => undefined);

/** Takes what an inline change shows once where the page that ran it has no place for it: nothing told is ever dropped. */
export function ToldProvider({ take, children }: { take: (told: Json) => void; children: ReactNode }) {
  return <Told value={take}>{children}</Told>;
}

export function useTold(): (told: Json) => void {
  return use(Told);
}
