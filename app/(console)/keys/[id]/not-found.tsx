import { KeyRound } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function KeyNotFound() {
  const t = await translations('key');
  return (
    <NoSuch
      icon={KeyRound}
      list="/keys"
      ids={1}
      texts={{
        missing: t('not-found'),
        missingHelp: t('not-found-help'),
        back: t('back'),
      }}
    />
  );
}
