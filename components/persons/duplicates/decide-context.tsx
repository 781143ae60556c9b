'use client';

import { createContext, use, type ReactNode } from 'react';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';

/** Stores or removes the decision that two people are not the same. */
export type Decide = ServerAction<{ pair: [string, string]; evidence: Evidence[]; same: boolean }, null>;

const Context = createContext<Decide | null>(null);

/** The action that stores a decision about two people; the page provides it. */
export function useDecide(): Decide {
  const decide = use(Context);
  if (!decide) throw new Error('no DecideProvider above');
  return decide;
}

export function DecideProvider({ decide, children }: { decide: Decide; children: ReactNode }) {
  return <Context value={decide}>{children}</Context>;
}
