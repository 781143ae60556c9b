import { SearchX } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function RouteNotFound() {
  const [t, tList] = await Promise.all([translations('route'), translations('routes-list')]);
  return (
    <NoSuch
      icon={SearchX}
      list="/routes"
      ids={2}
      texts={{
        missing: t('not-found'),
        missingHelp: t('not-found-help'),
        back: tList('title'),
      }}
    />
  );
}
