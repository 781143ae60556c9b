'use client';

import { Merge, MoveRight } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { useTranslations } from 'use-intl/react';
import { buttonClass } from '#components/ui/button.tsx';

/** What can be done with the selected people: two are merged or an identity is linked, more are merged. */
export function PeopleSelection({ ids }: { ids: readonly string[] }) {
  const t = useTranslations('persons');
  const [first, second] = ids;
  if (!second) return <span className="text-sm text-muted">{t('choose-another')}</span>;
  const two = ids.length === 2;
  return (
    <>
      {two ? (
        <Link href={`/persons/link?from=${first}&to=${second}`} className={buttonClass({ size: 'sm' })}>
          <MoveRight aria-hidden className="size-4" />
          {t('link-chosen')}
        </Link>
      ) : null}
      <Link
        href={two ? `/persons/merge?into=${first}&from=${second}` : `/persons/merge-many?ids=${ids.join(',')}`}
        className={buttonClass({ variant: 'primary', size: 'sm' })}
      >
        <Merge aria-hidden className="size-4" />
        {t('merge-chosen', { count: ids.length })}
      </Link>
    </>
  );
}
