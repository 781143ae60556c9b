import type { NextRequest } from 'next/server';
import { viewOfExport } from '#lib/keys/requests/audit-export.ts';
import { readExport } from '#lib/keys/requests/audit-exports.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { mayHave } from '#lib/session/request/own-scopes.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';

const NO_STORE = { 'cache-control': 'no-store' };

/** The progress of a copy. Polling does not keep a session alive. */
export const GET = overStore(async (_: NextRequest, { params }: RouteContext<'/api/keys/exports/[id]'>) => {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  const { id } = await params;
  const row = isUuid(id) ? await readExport(await store(), id) : null;
  if (!row || !mayHave(signed, 'keys:read', row))
    return Response.json({ problem: 'not_found' }, { status: 404, headers: NO_STORE });
  return Response.json(viewOfExport(row), { headers: NO_STORE });
});
