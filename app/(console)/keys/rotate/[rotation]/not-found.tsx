import { SearchX } from 'lucide-react';
import { ListState } from '#components/ui/state/list-state.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function RotationNotFound() {
  const t = await translations('rotation');
  return (
    <ListState page icon={SearchX} title={t('no-rotation')}>
      {t('no-rotation-help')}
    </ListState>
  );
}
