import { ArrowDownLeft, ArrowUpRight, Download } from 'lucide-react';
import { Link } from '#components/ui/link.tsx';
import { buttonClass } from '#components/ui/button.tsx';
import { Card } from '#components/ui/card.tsx';
import { FileLink } from '#components/ui/file-link.tsx';
import { Time } from '#components/ui/time.tsx';
import { NotSeenLine } from '#components/ui/verdict/not-seen-line.tsx';
import { requestIntl, translations } from '#lib/i18n/server.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { getPresence, getTimeline } from '#lib/omni/resources/persons.ts';
import type { TimelinePage } from '#lib/omni/schemas/persons.ts';
import { notSeenOf } from '#lib/omni/seen.ts';
import { channelName } from '#lib/persons/directory/channels.ts';
import { timelineFilter, type TimelineChoice } from '#lib/persons/timeline/timeline-filter.ts';
import { cutPage, pageQuery, readPosition, writePosition } from '#lib/omni/paging/paging.ts';
import { TimelineBar } from './timeline-bar.tsx';

const SIZE = 20;

type Props = { omni: Omni; personId: string; params: TimelineChoice & { at?: string } };

/** What this person wrote and was answered, newest first, by channel and time. */
export async function Timeline({ omni, personId, params }: Props) {
  const [t, { timeZone }, presence] = await Promise.all([
    translations('timeline'),
    requestIntl(),
    getPresence(omni, personId),
  ]);
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
  const counted = presence.ok ? presence.value.summary.totalMessages : 0;
  const known = presence.ok ? presence.value.identities : rows;
  const channels = [...new Set([...known.map(({ channel }) => channel), ...(params.channel ? [params.channel] : [])])];
  return (
    <Card
      plain
      id="timeline"
      title={t('title')}
      aside={
        page.rows.length > 0 ? (
          <FileLink href={`/persons/${personId}/timeline?${exported}`} className={buttonClass({ size: 'sm' })}>
            <Download aria-hidden className="size-4" />
            {t('csv')}
          </FileLink>
        ) : undefined
      }
    >
      {filtered || page.rows.length > 0 || params.at ? (
        <TimelineBar channels={channels.map((id) => ({ id, name: channelName(id) }))} shown={filters} />
      ) : null}
      {answer.ok ? null : <NotSeenLine plain part="timeline" seen={notSeenOf(answer.error)} />}
      {answer.ok && page.rows.length === 0 ? (
        <p className="text-muted">
          {filtered
            ? t('nothing')
            : params.at
              ? t('no-older')
              : counted > 0
                ? t('only-counted', { count: counted })
                : t('empty')}
        </p>
      ) : null}
      <ol>
        {page.rows.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ol>
      {page.next ? (
        <Link
          scroll={false}
          href={{ pathname: `/persons/${personId}`, query: { ...filters, at: writePosition(page.next) } }}
          className={buttonClass({ size: 'sm' }, 'mt-2')}
        >
          {t('older')}
        </Link>
      ) : null}
    </Card>
  );
}

async function Event({ event }: { event: TimelinePage['items'][number] }) {
  const t = await translations('timeline');
  const sent = event.direction === 'outbound';
  const text = event.textContent ?? event.transcription;
  const Icon = sent ? ArrowUpRight : ArrowDownLeft;
  return (
    <li className="flex items-start gap-x-2 py-1">
      <Icon
        aria-label={t(sent ? 'sent' : 'received')}
        className={`mt-0.5 size-4 shrink-0 ${sent ? 'text-accent-text' : 'text-muted'}`}
      />
      <div className="flex min-w-0 grow flex-wrap gap-x-3">
        <span className="w-24 shrink-0 text-sm text-muted max-sm:w-auto">
          <Time at={event.receivedAt} />
        </span>
        <span className="w-20 shrink-0 text-sm text-muted max-sm:w-auto">{channelName(event.channel)}</span>
        <p className="line-clamp-3 min-w-0 flex-[1_1_14rem] break-words">
          {text ? (
            <bdi>{text}</bdi>
          ) : (
            <span className="text-muted italic">{t('no-text', { type: event.contentType ?? event.eventType })}</span>
          )}
          {event.errorStage ? <span className="text-danger"> · {t('failed')}</span> : null}
        </p>
      </div>
    </li>
  );
}
