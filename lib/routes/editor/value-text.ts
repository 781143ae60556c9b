import type { Json } from '#lib/operations/plan/define.ts';

const CONDITIONS = { onDm: 'DM', onMention: '@', onReply: '↩', onNameMatch: 'Aa' } as const;

/** How much of a long text stands in a sentence, and how much of it before the place that matters. */
const MOST = 300;
const BEFORE = 60;

/** Where two values begin to differ, so that a long one can be cut around that place; 0 where one of them is no text. */
export function differAt(one: Json, other: Json): number {
  if (typeof one !== 'string' || typeof other !== 'string') return 0;
  const [a, b] = [[...one], [...other]];
  const at = a.findIndex((letter, index) => letter !== b[index]);
  return at < 0 ? a.length : at;
}

function around(text: string, at: number): string {
  const letters = [...text];
  if (letters.length <= MOST) return text;
  const from = Math.max(0, Math.min(at - BEFORE, letters.length - MOST));
  const part = letters.slice(from, from + MOST).join('');
  return `${from > 0 ? '…' : ''}${part}${from + MOST < letters.length ? '…' : ''}`;
}

/**
 * A value in a sentence of a plan: `on`, `off`, `inherit` and modes are put into words where they are shown. Of a long text the
 * part around `at` is shown.
 */
export function valueText(value: Json, at = 0): string {
  if (value === null) return 'inherit';
  if (value === '') return '“”';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return around(value, at);
  if (typeof value !== 'object' || Array.isArray(value)) return JSON.stringify(value);
  if (typeof value.conditions !== 'object' || value.conditions === null || Array.isArray(value.conditions)) {
    return Object.entries(value)
      .map(([name, text]) => `${name} ${String(text)}`)
      .join(', ');
  }
  const { conditions } = value;
  if (value.mode === 'all') return 'all';
  const held = Object.entries(CONDITIONS).flatMap(([name, sign]) => (conditions[name] === true ? [sign] : []));
  const names = Array.isArray(conditions.namePatterns) ? conditions.namePatterns.join(', ') : '';
  return [held.join(' '), names].filter(Boolean).join(': ') || '—';
}
