import { SearchX } from 'lucide-react';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function EntryNotFound() {
  const t = await translations('activity');
  return (
    <ListState page icon={SearchX} title={t('no-entry')}>
      {t('no-entry-help')}
    </ListState>
  );
}
