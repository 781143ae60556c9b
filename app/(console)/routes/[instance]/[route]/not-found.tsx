import { SearchX } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function RouteNotFound() {
  const t = await translations('route');
  return (
    <NoSuch
      icon={SearchX}
      list="/routes"
      ids={2}
      texts={{
        missing: t('not-found'),
        missingHelp: t('not-found-help'),
        back: t('all-routes'),
      }}
    />
  );
}
