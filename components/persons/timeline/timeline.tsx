import { ArrowDownLeft, ArrowUpRight, MessagesSquare } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { CsvLink } from '#components/data-table/csv-link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { ListState } from '#components/ui/state/list-state.tsx';
import { Problem } from '#components/ui/state/problem.tsx';
import { Time } from '#components/ui/time.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getTimeline } from '#lib/omni/resources/persons.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { timelineFilter, type TimelineChoice } from '#lib/persons/timeline/timeline-filter.ts';
import { cutPage, pageQuery, readPosition, writePosition } from '#lib/omni/paging/paging.ts';

const SIZE = 20;
const control = 'h-8 min-w-0 rounded border border-edge bg-surface px-2 text-sm';

type Props = { omni: Omni; personId: string; channels: string[]; params: TimelineChoice & { at?: string } };

/** What this person wrote and was answered, newest first, by channel and time. */
export async function Timeline({ omni, personId, channels, params }: Props) {
  const [t, { timeZone }] = await Promise.all([translations('timeline'), requestIntl()]);
  const position = readPosition(params.at);
  const answer = await getTimeline(omni, personId, {
    ...pageQuery(position, SIZE),
    ...timelineFilter(params, timeZone),
  });
  const rows = answer.ok ? answer.value.items.map((event) => ({ ...event, createdAt: event.receivedAt })) : [];
  const page = cutPage(rows, answer.ok && answer.value.meta.hasMore, position, SIZE);
  const { at: _, ...filters } = params;
  const filtered = Object.values(filters).some(Boolean);
  const exported = new URLSearchParams(Object.entries(filters).filter(([, value]) => value));
  return (
    <Card
      id="timeline"
      title={t('title')}
      flush
      aside={<CsvLink href={`/persons/${personId}/timeline?${exported}`} label={t('csv')} />}
    >
      <form method="get" action={`/persons/${personId}`} className="flex flex-wrap items-end gap-2 border-b p-2">
        <select name="channel" aria-label={t('channel')} defaultValue={params.channel ?? ''} className={control}>
          <option value="">{t('any-channel')}</option>
          {channels.map((channel) => (
            <option key={channel} value={channel}>
              {channelName(channel)}
            </option>
          ))}
        </select>
        <input type="date" name="since" aria-label={t('since')} defaultValue={params.since ?? ''} className={control} />
        <input type="date" name="until" aria-label={t('until')} defaultValue={params.until ?? ''} className={control} />
        <button type="submit" className={buttonClass({ size: 'sm' })}>
          {t('apply')}
        </button>
        {filtered ? (
          <Link href={`/persons/${personId}`} className={buttonClass({ size: 'sm', variant: 'ghost' })}>
            {t('clear')}
          </Link>
        ) : null}
      </form>
      {answer.ok ? null : <Problem error={answer.error} />}
      {answer.ok && page.rows.length === 0 ? (
        <ListState icon={MessagesSquare} title={t(filtered ? 'nothing' : 'empty')}>
          {t(filtered ? 'nothing-help' : 'empty-help')}
        </ListState>
      ) : null}
      <ol className="divide-y">
        {page.rows.map((event) => (
          <li key={event.id} className="flex gap-3 px-4 py-2.5">
            {event.direction === 'outbound' ? (
              <ArrowUpRight aria-label={t('sent')} className="mt-0.5 size-4 shrink-0 text-accent-text" />
            ) : (
              <ArrowDownLeft aria-label={t('received')} className="mt-0.5 size-4 shrink-0 text-muted" />
            )}
            <div className="min-w-0 grow">
              <p className="line-clamp-3 break-words">
                {event.textContent ?? event.transcription ?? (
                  <span className="text-muted italic">
                    {t('no-text', { type: event.contentType ?? event.eventType })}
                  </span>
                )}
              </p>
              <p className="text-sm text-muted">
                {channelName(event.channel)} · <Time at={event.receivedAt} both />
                {event.errorStage ? ` · ${t('failed')}` : ''}
              </p>
            </div>
          </li>
        ))}
      </ol>
      {page.next ? (
        <div className="border-t p-2 text-right">
          <Link
            scroll={false}
            href={{ pathname: `/persons/${personId}`, query: { ...filters, at: writePosition(page.next) } }}
            className={buttonClass({ size: 'sm' })}
          >
            {t('older')}
          </Link>
        </div>
      ) : null}
    </Card>
  );
}
