'use client';

import { createContext, use, type ReactNode } from 'react';

/** The texts of a request for a permission; `sentence` has `%scope%` and `%url%` for what only the browser knows. */
type RequestTexts = { copy: string; copied: string; sentence: string };

const Texts = createContext<RequestTexts>({ copy: '', copied: '', sentence: '' });

/** Gives all pages the texts of a request, so that whatever is locked can offer it. */
export function RequestTextsProvider({ texts, children }: { texts: RequestTexts; children: ReactNode }) {
  return <Texts value={texts}>{children}</Texts>;
}

/** How a request for a permission is offered, and its text: one sentence and the URL of the page, to hand to an admin. */
export function useRequest(): { label: string; copied: string; textFor: (scope: string) => string } {
  const { copy, copied, sentence } = use(Texts);
  const textFor = (scope: string) => sentence.replace('%scope%', scope).replace('%url%', () => location.href);
  return { label: copy, copied, textFor };
}
