import type { NextRequest } from 'next/server';
import { mayRead } from '#lib/operations/journal/list.ts';
import { readEntry } from '#lib/operations/journal/journal.ts';
import { requestStop } from '#lib/operations/run/lease.ts';
import { viewOf } from '#lib/operations/receipt/view.ts';
import { readerOf } from '#lib/actions/runner.ts';
import { fromOurOrigin } from '#lib/actions/origin.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readPageSession, type Signed } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';
import type { Entry } from '#lib/operations/journal/entry.ts';

const NO_STORE = { 'cache-control': 'no-store' };

/** How a change is going. Polling does not keep a session alive. */
export const GET = overStore(async (_: NextRequest, { params }: RouteContext<'/api/operations/[id]'>) => {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  const entry = await visible(signed, (await params).id);
  if (!entry) return Response.json({ problem: 'no_entry' }, { status: 404, headers: NO_STORE });
  return Response.json(viewOf(entry), { headers: NO_STORE });
});

/** Asks a change to stop before its next step. */
export const POST = overStore(async (_: NextRequest, { params }: RouteContext<'/api/operations/[id]'>) => {
  if (!(await fromOurOrigin())) return Response.json({ problem: 'foreign_origin' }, { status: 403, headers: NO_STORE });
  const signed = await readPageSession({ change: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  const entry = await visible(signed, (await params).id);
  if (!entry) return Response.json({ problem: 'no_entry' }, { status: 404, headers: NO_STORE });
  return Response.json({ stopping: await requestStop(await store(), entry.id) }, { headers: NO_STORE });
});

async function visible(signed: Signed, id: string): Promise<Entry | null> {
  if (!isUuid(id)) return null;
  const entry = await readEntry(await store(), id);
  return entry && mayRead(entry, readerOf(signed)) ? entry : null;
}
