import { SearchX } from 'lucide-react';
import { NoSuch } from '#components/ui/state/no-such.tsx';
import { translations } from '#lib/i18n/server.ts';

/** An entry of this console, or of Omni's own record, that is not there. */
export default async function EntryNotFound() {
  const t = await translations('activity');
  const texts = { missing: t('no-entry'), missingHelp: t('no-entry-help'), back: t('title') };
  return <NoSuch icon={SearchX} list="/activity" texts={texts} />;
}
