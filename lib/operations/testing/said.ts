import 'server-only';
import en from '#messages/en.json' with { type: 'json' };
import { PLAN_MESSAGES } from '#lib/i18n/plan-messages.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';
import type { Plan, Text } from '#lib/operations/plan/define.ts';

const MESSAGES: Record<string, object> = { ...en, shared: en.operations.texts };
const STARTS: Readonly<Record<string, readonly string[]>> = PLAN_MESSAGES;

/** Every sentence of an operation in a language, by its key with dashes. */
export function sentencesOf({ operations, ...rest }: typeof en): Record<string, string> {
  const plans = Object.entries(rest).filter(([namespace]) => namespace.startsWith('plan-'));
  return Object.assign({}, operations.texts, ...plans.map(([, sentences]) => sentences));
}

/** Throws where a page that starts this operation has no words for what it says (`PLAN_MESSAGES`). */
function mustBeSaid(operation: string, texts: readonly (Text | undefined)[]): void {
  const homes = STARTS[operation];
  if (!homes) return;
  const names = texts.flatMap((text) => (text ? [text.key.replaceAll('.', '-')] : []));
  const unsaid = names.filter((name) => !['shared', ...homes].some((home) => name in (MESSAGES[home] ?? {})));
  if (unsaid.length > 0) throw new Error(`${operation} says what its pages have no words for: ${unsaid.join(', ')}`);
}

/** Every sentence of a preview has its words where it is shown. */
export function planMustBeSaid(operation: string, plan: Plan): void {
  const { title, steps, moves, losses, unknowns, unchecked = [], warnings, refusal, restores } = plan;
  const left = typeof restores === 'object' ? restores.allBut : [];
  const all = [title, ...steps.map((one) => one.title), ...moves, ...losses, ...unknowns, ...unchecked, ...warnings];
  mustBeSaid(operation, [...all, ...left, refusal]);
}

/** Every sentence of what a run of today ended with has its words where it is shown. */
export function entryMustBeSaid({ operation, steps, body: { problem, receipt } }: Entry): void {
  const whys = steps.map((one) => one.problem?.why);
  mustBeSaid(operation, [...whys, problem?.why, ...(receipt?.checks ?? []).map(({ text }) => text)]);
}
