'use client';

import { createContext, use, type ReactNode } from 'react';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { Evidence } from '#lib/persons/duplicates/duplicate-evidence.ts';

type Decide = (input: { pair: [string, string]; evidence: Evidence[]; same: boolean }) => Promise<ActionResult<null>>;

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
