import type { NextRequest } from 'next/server';
import { fileOf } from '#lib/keys/requests/audit-export-file.ts';
import { recordDownload, readExport } from '#lib/keys/requests/audit-exports.ts';
import { isUuid } from '#lib/omni/door/path.ts';
import { readPageSession } from '#lib/session/request/guard.ts';
import { mayHave } from '#lib/session/request/own-scopes.ts';
import { store } from '#lib/store/database.ts';
import { overStore } from '#lib/store/over-store.ts';

const NO_STORE = { 'cache-control': 'no-store' };
const TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

/** A finished copy as a file, page by page from the store. */
export const GET = overStore(async (request: NextRequest, { params }: RouteContext<'/api/keys/exports/[id]/file'>) => {
  const signed = await readPageSession();
  if (!('session' in signed)) return Response.json({ problem: signed.reason }, { status: 401, headers: NO_STORE });
  const { id } = await params;
  const db = await store();
  const row = isUuid(id) ? await readExport(db, id) : null;
  if (!row?.files || row.unreadable || !mayHave(signed, 'keys:read', row)) {
    return Response.json({ problem: 'not_found' }, { status: 404, headers: NO_STORE });
  }
  const format = request.nextUrl.searchParams.get('format') === 'json' ? 'json' : 'csv';
  const source = fileOf(db, row, format);
  const encoder = new TextEncoder();
  const body = new ReadableStream({
    async pull(controller) {
      const { done, value } = await source.next();
      if (done) {
        await recordDownload(db, row.id, Date.now());
        controller.close();
      } else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void source.return(undefined),
  });
  const name = `key-requests-${row.keyId.slice(0, 8)}-${new Date(row.until).toISOString().slice(0, 10)}.${format}`;
  return new Response(body, {
    headers: {
      ...NO_STORE,
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'content-length': String(row.files[format].bytes),
    },
  });
});
