import { Notice } from '#components/ui/state/notice.tsx';
import { translations } from '#lib/i18n/server.ts';

/** The older generation names a provider's agent on the route itself, has no agents to choose from, and other settings. */
export async function OlderOmni() {
  const t = await translations('route');
  return (
    <Notice tone="warn" role="alert" title={t('older')} className="mb-4">
      {t('older-help')}
    </Notice>
  );
}
