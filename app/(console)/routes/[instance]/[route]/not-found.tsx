import { SearchX } from 'lucide-react';
import Link from 'next/link';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function RouteNotFound() {
  const t = await translations('route');
  return (
    <ListState
      page
      icon={SearchX}
      title={t('not-found')}
      actions={
        <Link href="/routes" prefetch={false} className={buttonClass({})}>
          {t('all-routes')}
        </Link>
      }
    >
      {t('not-found-help')}
    </ListState>
  );
}
