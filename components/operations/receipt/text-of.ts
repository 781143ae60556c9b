'use client';

import { useTranslations } from 'use-intl/react';
import type { Problem } from '#lib/operations/journal/entry.ts';
import type { Text } from '#lib/operations/plan/define.ts';
import { sayer, textKey } from './say.ts';

/**
 * Puts the sentences of plans and problems into the reader's language. A key nobody translated is shown as it is. `saidAfter` is a
 * plan's title as the result of its run ("Route Vendas activated").
 */
export function useTexts() {
  const t = useTranslations('operations');
  const tProblem = useTranslations('problems');
  const known = (code: string) => (tProblem.has(`${code}.title` as never) ? code : 'unexpected');
  const say = sayer(t);
  return {
    say,
    saidAfter: (text: Text) => {
      const done = `${text.key}-done`;
      return t.has(textKey(done) as never) ? say({ ...text, key: done }) : t('done-toast', { what: say(text) });
    },
    title: (problem: Problem) => tProblem(`${known(problem.code)}.title` as never, withDefaults(problem) as never),
    help: (problem: Problem) =>
      problem.why ? say(problem.why) : tProblem(`${known(problem.code)}.help` as never, withDefaults(problem) as never),
  };
}

function withDefaults({ values }: Problem) {
  return { scope: '', seconds: 0, status: 0, lock: '', step: '', until: 0, ...values };
}
