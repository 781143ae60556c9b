import type { Plan, Text } from './define.ts';

/** A sentence that one of two plans has and the other has not. */
export type Difference = { is: 'new' | 'gone'; text: Text };

/**
 * What differs between the plan somebody agreed to and the plan that would be made now, in the plans' own sentences: what
 * is gone first. `unknowns` are left out: they change with every message. Empty when only ids differ.
 */
export function differences(agreed: Plan, now: Plan): Difference[] {
  const [before, after] = [sentences(agreed), sentences(now)];
  return [
    ...[...before].flatMap(([name, text]) => (after.has(name) ? [] : [{ is: 'gone' as const, text }])),
    ...[...after].flatMap(([name, text]) => (before.has(name) ? [] : [{ is: 'new' as const, text }])),
  ];
}

function sentences({ title, refusal, losses, moves, warnings, steps }: Plan): Map<string, Text> {
  const all = [
    title,
    ...(refusal ? [refusal] : []),
    ...losses,
    ...moves,
    ...warnings,
    ...steps.map((step) => step.title),
  ];
  return new Map(all.map((text) => [JSON.stringify([text.key, text.values ?? null]), text]));
}
