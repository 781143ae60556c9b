'use client';

import { useTranslations } from 'use-intl/react';
import type { Plan } from '#lib/operations/plan/define.ts';

/** A plan in one line: how much changes, and how much isn't kept. */
export function useHeadline(): (plan: Plan) => string {
  const t = useTranslations('operations');
  return ({ moves, losses }) =>
    t('headline', {
      changes: moves.filter(({ head }) => !head).length,
      lost: losses.filter(({ head }) => !head).length,
    });
}
