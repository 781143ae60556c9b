import { Compass } from 'lucide-react';
import { buttonClass } from '#components/ui/button.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function NotFound() {
  const t = await translations('errors');
  return (
    <main className="grid min-h-dvh place-items-center">
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
    </main>
  );
}
