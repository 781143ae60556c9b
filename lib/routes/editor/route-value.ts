import { NOTHING, textValue, thing, wordValue, WORDS, type Value } from '#lib/operations/effects/value.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import type { AnsweringAgent } from '#lib/routes/verdict/successor.ts';
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

/** The agent of a route in a sentence: without one, the default agent. */
export function agentValue(id: Json, agents: readonly { id: string; name: string }[] | 'unseen'): Value {
  if (typeof id !== 'string') return wordValue('default-agent');
  return thing('agent', id, agents === 'unseen' ? null : agents.find((agent) => agent.id === id)?.name);
}

/** Who answers in a sentence. */
export function answererValue(one: AnsweringAgent): Value {
  if (one === null) return wordValue('nobody');
  return one.name === 'missing' || one.name === 'unseen' ? wordValue(one.name) : thing('agent', one.id, one.name);
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
