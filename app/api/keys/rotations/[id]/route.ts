import type { NextRequest } from 'next/server';
import { readRotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import { seeRotation } from '#lib/keys/rotate/rotations.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';

const NO_STORE = { 'cache-control': 'no-store' };

/** Where a rotation stands now. Polling does not keep a session alive. */
export const GET = overStore(async (_: NextRequest, { params }: RouteContext<'/api/keys/rotations/[id]'>) => {
  const signed = await readPageSession({ poll: true });
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  const { id } = await params;
  const db = await store();
  const { omni, session } = signed;
  const row = await seeRotation(db, omni, { server: session.server.id, scopes: session.scopes }, id);
  if (row === 'forbidden') return Response.json({ problem: 'forbidden' }, { status: 403, headers: NO_STORE });
  if (!row) {
    return Response.json({ problem: 'not_found' }, { status: 404, headers: NO_STORE });
  }
  return Response.json(await readRotationProgress(db, omni, row), { headers: NO_STORE });
});
