import type { NextRequest } from 'next/server';
import { timelineParams } from '#app/(console)/persons/[id]/search-params.ts';
import { readMerged } from '#app/(console)/persons/follow-merged.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { getTimeline } from '#lib/omni/resources/persons.ts';
import { ok } from '#lib/omni/result.ts';
import { walkFile } from '#lib/omni/paging/walk-file.ts';
import { walkPages } from '#lib/omni/paging/walk-pages.ts';
import { timelineFilter } from '#lib/persons/timeline/timeline-filter.ts';
import { requireSession } from '#lib/session/request/guard.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { separatorFor } from '#lib/text/csv.ts';
import { noFile } from '#lib/text/csv-file.ts';

const COLUMNS = ['time', 'id', 'channel', 'direction', 'event', 'content', 'text', 'status', 'failed_at'];

/** What a person wrote and was answered, newest first, page by page as the file is read. */
export async function GET(request: NextRequest, { params }: RouteContext<'/persons/[id]/timeline'>): Promise<Response> {
  const [signed, { id: asked }, { locale, timeZone }] = await Promise.all([requireSession(), params, requestIntl()]);
  const { omni, session } = signed;
  if (!isUuid(asked)) return noFile(404, 'not_found');
  const id = (await readMerged(signed, asked.toLowerCase()))?.id ?? asked;
  if (allows(session.scopes, 'persons:read') === 'no') return noFile(403, 'forbidden');
  const chosen = timelineParams.parse(Object.fromEntries(request.nextUrl.searchParams));
  const filter = timelineFilter(chosen, timeZone);
  const walk = walkPages(
    omni,
    async (query, stop) => {
      const page = await getTimeline(omni, id, { ...query, ...filter }, stop);
      if (!page.ok) return page;
      const rows = page.value.items.map((event) => ({ ...event, createdAt: event.receivedAt }));
      return ok({ rows, hasMore: page.value.meta.hasMore });
    },
    request.signal,
  );
  const { channel, since, until } = chosen;
  return walkFile(walk, {
    name: ['timeline', id.slice(0, 8), channel, since, until && `-${until}`].filter(Boolean).join('-'),
    columns: COLUMNS,
    separator: separatorFor(locale),
    line: (event) => [
      event.receivedAt,
      event.id,
      event.channel,
      event.direction ?? '',
      event.eventType,
      event.contentType ?? '',
      event.textContent ?? event.transcription ?? '',
      event.status ?? '',
      event.errorStage ?? '',
    ],
  });
}
