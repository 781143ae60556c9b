import type { Route } from 'next';
import { Link } from '#components/ui/link.tsx';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { Card } from '#components/ui/card.tsx';
import { translations } from '#lib/i18n/server.ts';
import type { KeyUse } from '#lib/keys/requests/callers.ts';
import type { LastUse } from '#lib/keys/list/status.ts';
import type { Seen } from '#lib/omni/seen.ts';
import { LastUseWords } from '#components/keys/list/key-words.tsx';
import { IntegrationRows } from './integration-rows.tsx';

type Props = {
  id: string;
  last: LastUse;
  use: Seen<KeyUse>;
  /** Omni's clock, milliseconds. */
  now: number;
  /** It is about to be revoked: what stands here stops working. */
  stops?: boolean;
  /** It is a part of the key's record. */
  plain?: boolean;
};

/** When a key was used last, and what uses it. */
export async function IntegrationsCard({ id, last, use, now, stops = false, plain }: Props) {
  const t = await translations('key-use');
  return (
    <Card
      plain={plain}
      id="integrations"
      title={t(stops && use.is === 'value' && use.value.integrations.length > 0 ? 'stops' : 'title')}
      flush
      aside={
        <Link href={`/keys/${id}/audit` as Route} className="text-sm text-accent-text underline">
          {t('all-requests')}
        </Link>
      }
    >
      {plain ? null : (
        <p className="border-b px-4 py-2 text-sm">
          {t('last-use')} <LastUseWords use={last} />
        </p>
      )}
      <WithMessages of={['key-use', 'seen']}>
        <IntegrationRows plain={plain} use={use} now={now} />
      </WithMessages>
    </Card>
  );
}
