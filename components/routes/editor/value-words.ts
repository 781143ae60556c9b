'use client';

import { useFormatter, useTranslations } from 'use-intl/react';
import { anyKey } from '#lib/i18n/any-key.ts';
import type { Json } from '#lib/operations/plan/define.ts';
import { CONDITIONS, KINDS } from '#lib/routes/editor/override-kinds.ts';
import type { Override } from '#lib/routes/editor/overrides.ts';

/** Puts the value of a setting into words; what nobody here knows is shown as it is. */
export function useValueWords(): (field: Override, value: Json) => string {
  const t = useTranslations('route-values');
  const format = useFormatter();
  return (field, value) => {
    const kind = KINDS[field];
    if (value === null) return t('unknown');
    if (typeof value === 'boolean') return t(value ? 'on' : 'off');
    if (typeof value === 'number') {
      return kind.is === 'number' ? `${format.number(value)} ${kind.unit}` : format.number(value);
    }
    if (typeof value === 'string') {
      if (kind.is === 'choice') return anyKey(t)(`choices.${value}`) ?? value;
      return value === '' ? t('empty') : value;
    }
    if (Array.isArray(value)) return value.join(', ');
    if (kind.is === 'emoji') {
      const pairs = Object.entries(value).map(([name, emoji]) => `${String(emoji)} ${name}`);
      return pairs.length > 0 ? pairs.join(' · ') : t('empty');
    }
    if (value.mode !== 'filtered') return value.mode === 'all' ? t('all') : String(value.mode);
    const conditions = typeof value.conditions === 'object' && !Array.isArray(value.conditions) ? value.conditions : {};
    const names = Array.isArray(conditions?.namePatterns) ? conditions.namePatterns.join(', ') : '';
    const held = CONDITIONS.filter((name) => conditions?.[name] === true).map((name) => t(`conditions.${name}`));
    return t('only', { which: [...held, ...(names ? [names] : [])].join(', ') || '—' });
  };
}
