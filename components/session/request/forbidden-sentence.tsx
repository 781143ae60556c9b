'use client';

import { LockKeyhole } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';
import { CopyRequest } from '#components/ui/locked/copy-request.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { missingScope, scopedPageAt, PAGE_NEEDS } from '#lib/scopes/needs.ts';

export type ForbiddenProps = { scopes: readonly string[] | null };

export function ForbiddenSentence({ scopes }: ForbiddenProps) {
  const t = useTranslations('forbidden');
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
        <>
          <CopyRequest scope={scope} />
          <Link href="/" className={buttonClass({})}>
            {t('home')}
          </Link>
        </>
      }
    >
      {t.rich(scope === 'keys:read' ? 'help-keys' : 'help', {
        scope,
        mono,
      })}
    </ListState>
  );
}

const mono = (text: ReactNode) => <code className="font-mono">{text}</code>;

/** A scope as the name of a message. */
function keyOf<S extends string>(scope: S) {
  return scope.replace(':', '-') as S extends `${infer Area}:${infer What}` ? `${Area}-${What}` : never;
}
