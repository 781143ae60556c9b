import { timelineParams } from '#app/(console)/persons/[id]/search-params.ts';
import { walkedLines } from '#lib/actions/csv-file.ts';
import { csvRoute } from '#lib/actions/csv-route.ts';
import { readMerged } from '#app/(console)/persons/follow-merged.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { walkPages } from '#lib/omni/paging/walk-pages.ts';
import { getTimeline } from '#lib/omni/resources/persons.ts';
import { ok } from '#lib/omni/result.ts';
import { timelineFilter } from '#lib/persons/timeline/timeline-filter.ts';

/** What a person wrote and was answered, newest first, page by page as the file is read. */
export const GET = csvRoute({
  scope: 'persons:read',
  params: timelineParams,
  read: async ({ params, path: { id: asked }, signal, timeZone, ...signed }) => {
    if (!isUuid(asked)) return null;
    const { omni } = signed;
    const id = (await readMerged(signed, asked.toLowerCase()))?.id ?? asked;
    const filter = timelineFilter(params, timeZone);
    const walk = walkPages(
      omni,
      async (query, stop) => {
        const page = await getTimeline(omni, id, { ...query, ...filter }, stop);
        if (!page.ok) return page;
        const rows = page.value.items.map((event) => ({ ...event, createdAt: event.receivedAt }));
        return ok({ rows, hasMore: page.value.meta.hasMore });
      },
      signal,
    );
    const lines = await walkedLines(walk, (event) => [
      { moment: event.receivedAt },
      event.id,
      event.channel,
      event.direction,
      event.eventType,
      event.contentType,
      event.textContent ?? event.transcription,
      event.status,
      event.errorStage,
    ]);
    if (!lines.ok) return lines;
    const { channel, since, until } = params;
    return ok({
      name: ['timeline', id.slice(0, 8), channel, since, until && `-${until}`].filter(Boolean).join('-'),
      columns: ['time', 'id', 'channel', 'direction', 'event', 'content', 'text', 'status', 'failed_at'],
      lines: lines.value,
    });
  },
});
