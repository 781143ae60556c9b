import type { Json } from '#lib/operations/define.ts';

const CONDITIONS = { onDm: 'DM', onMention: '@', onReply: '↩', onNameMatch: 'Aa' } as const;

/** A value in a sentence of a plan: `on`, `off`, `inherit` and modes are put into words where they are shown. */
export function valueText(value: Json): string {
  if (value === null) return 'inherit';
  if (value === '') return '“”';
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (typeof value === 'string') return value.length > 300 ? `${value.slice(0, 300)}…` : value;
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
