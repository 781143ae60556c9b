import { Compass } from 'lucide-react';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

/** What stands in the place of a page that does not exist. */
export async function PageNotFound() {
  const t = await translations('errors');
  return (
    <ListState
      page
      icon={Compass}
      title={t('not-found')}
      actions={
        <a href="/persons" className={buttonClass({})}>
          {t('home')}
        </a>
      }
    >
      {t('not-found-help')}
    </ListState>
  );
}
