import { UserRoundX } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function PersonNotFound() {
  const t = await translations('person');
  return (
    <ListState
      page
      icon={UserRoundX}
      title={t('not-found')}
      actions={
        <Link href="/persons" prefetch={false} className={buttonClass({})}>
          {t('back')}
        </Link>
      }
    >
      {t('not-found-help')}
    </ListState>
  );
}
