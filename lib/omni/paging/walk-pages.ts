import 'server-only';
import type { OmniError } from '#lib/omni/door/errors.ts';
import { fanOut } from './fan-out.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { cutPage, pageQuery, type Paged, type Position } from './paging.ts';
import { err, ok, type Result } from '#lib/omni/result.ts';

const SIZE = 100;

type Read<R> = (
  query: { limit: number; cursor?: string },
  signal: AbortSignal,
) => Promise<Result<{ rows: R[]; hasMore: boolean }, OmniError>>;

/**
 * Some rows of a walk. `unsure`: more rows share one instant here than Omni can page through, so some may be missing. `next`: where
 * the walk goes on, so that another key can go on there; null at the end.
 */
export type Walked<R> = { rows: R[]; unsure: boolean; next?: Position | null };

/**
 * All pages of a list ordered by time, one after the other; clicks keep their share of the key's budget. A page that cannot be had is
 * told and is the last. `signal` ends the walk, down to Omni. `from`: where another walk ended.
 */
export async function* walkPages<R extends Paged>(
  omni: Omni,
  read: Read<R>,
  signal: AbortSignal,
  from: Position | null = null,
): AsyncGenerator<Result<Walked<R>, OmniError>> {
  let position = from;
  do {
    const query = pageQuery(position, SIZE);
    const [page] = await fanOut(omni, [query], { concurrency: 1, signal }, read);
    if (page?.state === 'failed') yield err(page.error);
    if (page?.state !== 'ok') return;
    const cut: ReturnType<typeof cutPage<R>> = cutPage(page.value.rows, page.value.hasMore, position, SIZE);
    yield ok({ rows: cut.rows, unsure: cut.unsure, next: cut.next });
    position = cut.next;
  } while (position);
}
