import 'server-only';
import { openText, sealText } from '#lib/store/seal.ts';
import type { Plan } from '#lib/operations/plan/define.ts';
import type { EntryBody, StepOutcome } from './entry.ts';
import { entryBody } from './body-schema.ts';
import { bodyToday } from './read-old-names.ts';

/** What the sealed texts of an entry are bound to: its table, column and row, so that no text can be moved to another row. */
const bodyContext = (id: string) => `operations/body/${id}`;
const outcomeContext = (id: string, position: number) => `operations/outcome-${position}/${id}`;

/** The plan of an entry that has none yet, or none any more. */
export const NOTHING_PLANNED: Plan = {
  title: { key: 'nothing' },
  effects: null,
  steps: [],
  moves: [],
  losses: [],
  unknowns: [],
  warnings: [],
  command: { none: { key: 'nothing' } },
};

/** Seals everything of an entry that could hold personal data. */
export function sealBody(id: string, body: EntryBody): string {
  return sealText(bodyContext(id), JSON.stringify(body));
}

/**
 * Opens a body, with the names of today. One that can't be opened (its key is gone, it was changed) or does not parse is `unreadable`,
 * not an error: it is shown, without undo, and others can be read.
 */
export function openBody(id: string, operation: string, sealed: string): EntryBody {
  const text = openText(bodyContext(id), sealed);
  const body = text.ok ? entryBody.safeParse(JSON.parse(text.value)) : null;
  if (body?.success) return bodyToday(operation, body.data);
  const plan = { ...NOTHING_PLANNED, title: { key: 'unreadable' } };
  return { input: null, before: null, plan, who: { keyName: '—', yourName: null }, gone: 'unreadable' };
}

/** Seals what became of a step. */
export function sealOutcome(id: string, position: number, outcome: StepOutcome): string {
  return sealText(outcomeContext(id, position), JSON.stringify(outcome));
}

/** Opens what became of a step; nothing where it cannot be opened. */
export function openOutcome(id: string, position: number, sealed: string | null): StepOutcome {
  const text = sealed === null ? undefined : openText(outcomeContext(id, position), sealed);
  return text?.ok ? (JSON.parse(text.value) as StepOutcome) : {};
}
