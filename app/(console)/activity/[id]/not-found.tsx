import { SearchX } from 'lucide-react';
import { buttonClass } from '#components/ui/button.tsx';
import { Link } from '#components/ui/link.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function EntryNotFound() {
  const t = await translations('activity');
  return (
    <ListState
      page
      icon={SearchX}
      title={t('no-entry')}
      actions={
        <Link href="/activity" className={buttonClass({})}>
          {t('title')}
        </Link>
      }
    >
      {t('no-entry-help')}
    </ListState>
  );
}
