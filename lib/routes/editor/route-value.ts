import { NOTHING, textValue, thing, wordValue, WORDS, type Value } from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { seenOr, type Seen } from '#lib/omni/seen.ts';
import type { Effect } from '#lib/operations/effects/effect.ts';
import { whyNobody, type Successor } from '#lib/routes/verdict/successor.ts';
import type { Verdict } from '#lib/routes/verdict/verdict.ts';
import { KINDS } from './override-kinds.ts';
import type { Override } from './overrides.ts';

const CONDITIONS = { onDm: 'DM', onMention: '@', onReply: '↩', onNameMatch: 'Aa' } as const;

/** A value of an override, in words where it has some. */
export function overrideValue(field: Override, value: Json): Value {
  if (value === null) return NOTHING;
  if (value === '') return textValue('“”');
  if (typeof value === 'boolean') return wordValue(value ? 'on' : 'off');
  const kind = KINDS[field];
  if (typeof value === 'number') return textValue(kind.is === 'number' ? `${value} ${kind.unit}` : String(value));
  if (typeof value === 'string') {
    const word = kind.is === 'choice' ? WORDS.find((one) => one === value) : undefined;
    return word ? wordValue(word) : textValue(value);
  }
  return kind.is === 'filter' ? filterValue(value) : textValue(lineOf(value));
}

/** A route's label in a sentence; without one, where it is, or that it has none. */
export function labelValue(label: string | null | undefined, place: string | null = null): Value {
  const text = label?.trim() || place;
  return text ? textValue(text) : wordValue('no-label');
}

/** The agent of a route in a sentence: without one, the default agent. */
export function agentValue(id: Json, agents: Seen<readonly { id: string; name: string }[]>): Value {
  if (typeof id !== 'string') return wordValue('default-agent');
  return thing('agent', id, seenOr(agents, []).find((agent) => agent.id === id)?.name);
}

/** Another agent answers than before; under a sentence of its own, nobody does any more, and why. */
export function answeredEffect(what: string, more: NonNullable<Effect['more']>, { from, to }: Successor): Effect {
  const said = to.is === 'nobody' ? { what: `${what}-nobody`, more: { ...more, ...whyNobody(to) } } : { what, more };
  return { ...said, from: answererValue(from), to: answererValue(to), kept: 'yes', back: 'yes' };
}

/** Who answers in a sentence; where it can't be told, the agent that routing leads to. */
export function answererValue(verdict: Verdict): Value {
  if (verdict.is === 'answers') return thing('agent', verdict.by.id, verdict.by.name);
  if (verdict.is === 'nobody') return wordValue('nobody');
  return verdict.agent ? thing('agent', verdict.agent.id, verdict.agent.name) : wordValue('unseen');
}

function filterValue(filter: Json): Value {
  if (typeof filter !== 'object' || filter === null || Array.isArray(filter)) return NOTHING;
  const { mode, conditions } = filter;
  if (mode === 'all') return wordValue('everybody');
  if (typeof conditions !== 'object' || conditions === null || Array.isArray(conditions))
    return textValue(lineOf(filter));
  const held = Object.entries(CONDITIONS).flatMap(([name, sign]) => (conditions[name] === true ? [sign] : []));
  const names = Array.isArray(conditions.namePatterns) ? conditions.namePatterns.join(', ') : '';
  return textValue([held.join(' '), names].filter(Boolean).join(': '));
}

function lineOf(value: Json): string {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return JSON.stringify(value);
  return Object.entries(value)
    .map(([name, text]) => `${name} ${String(text)}`)
    .join(', ');
}
