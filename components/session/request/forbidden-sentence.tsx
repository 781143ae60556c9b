'use client';

import { LockKeyhole } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { missingScope, scopedPageAt, PAGE_NEEDS } from '#lib/scopes/needs.ts';

export type MayNotSentenceProps = { scopes: readonly string[] | null };

export function MayNotSentence({ scopes }: MayNotSentenceProps) {
  const t = useTranslations('may-not');
  const page = scopedPageAt(usePathname());
  if (!page) return null;
  // Where the scopes are unknown, Omni has said no.
  const scope = missingScope(page, scopes) ?? PAGE_NEEDS[page][0];
  return (
    <ListState
      page
      icon={LockKeyhole}
      role="alert"
      title={t(`titles.${keyOf(scope)}`)}
      actions={
        <Link href="/" prefetch={false} className={buttonClass({})}>
          {t('home')}
        </Link>
      }
    >
      {t(scope === 'keys:read' ? 'help-keys' : 'help', { scope })}
    </ListState>
  );
}

/** A scope as the name of a message. */
function keyOf<S extends string>(scope: S) {
  return scope.replace(':', '-') as S extends `${infer Area}:${infer What}` ? `${Area}-${What}` : never;
}
