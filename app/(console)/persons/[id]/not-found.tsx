import { UserRoundX } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function PersonNotFound() {
  const t = await translations('person');
  return (
    <NoSuch
      icon={UserRoundX}
      list="/persons"
      ids={1}
      texts={{
        missing: t('not-found'),
        missingHelp: t('not-found-help'),
        back: t('back'),
      }}
    />
  );
}
