'use client';

import { UserRoundX } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl/react';
import { later } from '#components/ui/state/later.tsx';
import type { ForgetProps } from './forget-form.tsx';

const ForgetForm = later(() => import('./forget-form.tsx').then((part) => part.ForgetForm));

/** Forgets a person; what asks for it is folded up. */
export function ForgetPerson(props: ForgetProps) {
  const t = useTranslations('forget');
  const [opened, setOpened] = useState(false);
  return (
    <details className="mt-4 max-w-xl rounded border bg-surface" onToggle={() => setOpened(true)}>
      <summary className="flex min-h-11 items-center gap-2 px-4">
        <UserRoundX aria-hidden className="size-4 text-muted" />
        {t('title')}
      </summary>
      {opened ? <ForgetForm {...props} /> : null}
    </details>
  );
}
