import { SearchX } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

export default async function RotationNotFound() {
  const [t, tKeys] = await Promise.all([translations('rotation'), translations('keys')]);
  const texts = { missing: t('no-rotation'), missingHelp: t('no-rotation-help'), back: tKeys('title') };
  return <NoSuch icon={SearchX} list="/keys" texts={texts} />;
}
