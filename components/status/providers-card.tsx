import { Card } from '#components/ui/card.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { formatter, translations } from '#lib/i18n/server.ts';
import { providerHealthSnapshot } from '#lib/omni/cache/snapshot.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { fanOut, orStopped } from '#lib/omni/paging/fan-out.ts';
import { listProviders } from '#lib/omni/resources/providers.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { StateList, type StateLine } from './state-list.tsx';

const AT_ONCE = 8;
/** Omni itself waits up to 5 s for a provider (contract §6). */
const DEADLINE_MS = 6000;

/** Every provider of agents, and whether it responds to Omni: what doesn't comes first. */
export async function ProvidersCard({ omni }: { omni: Omni }) {
  const [t, format, providers] = await Promise.all([translations('status'), formatter(), listProviders(omni)]);
  if (!providers.ok)
    return (
      <Card id="providers" title={t('providers')} flush>
        <NotSeenLine part="providers" seen={notSeenOf(providers.error)} />
      </Card>
    );
  const active = providers.value.filter(({ isActive }) => isActive);
  const asked = await fanOut(omni, active, { concurrency: AT_ONCE, deadlineMs: DEADLINE_MS }, ({ id }, stop) =>
    orStopped(providerHealthSnapshot(omni, id), stop),
  );
  const answers = new Map(asked.map((one) => [one.item.id, one]));
  const lines = providers.value.map(({ id, name, schema, isActive }): StateLine & { order: number } => {
    const line = { id, name, about: schema };
    const answer = answers.get(id);
    if (!isActive) return { ...line, order: 3, tone: 'plain', state: t('provider.inactive') };
    if (answer?.state !== 'ok') return { ...line, order: 1, tone: 'unknown', state: t('provider.unread') };
    if (!answer.value.healthy) return { ...line, order: 0, tone: 'danger', state: t('provider.silent') };
    const latency = format.number(answer.value.latency, { maximumFractionDigits: 0 });
    return { ...line, order: 2, tone: 'good', state: t('provider.responds', { latency }) };
  });
  return (
    <Card id="providers" title={t('providers')} flush>
      {lines.length > 0 ? (
        <StateList label={t('providers')} lines={lines.toSorted((a, b) => a.order - b.order)} />
      ) : (
        <p className="px-4 py-3 text-muted">{t('no-providers')}</p>
      )}
    </Card>
  );
}
