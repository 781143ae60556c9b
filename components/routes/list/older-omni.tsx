import { WithMessages } from '#components/shell/with-messages.tsx';
import { Notices } from '#components/ui/state/notices.tsx';
import { translations } from '#lib/i18n/server.ts';

/** The older generation names a provider's agent on the route itself, has no agents to choose from, and other settings. */
export async function OlderOmni() {
  const t = await translations('route');
  return (
    <WithMessages of={['ui']}>
      <Notices all={[{ id: 'older', tone: 'warn', role: 'alert', text: t('older'), more: t('older-help') }]} />
    </WithMessages>
  );
}
