'use server';

import { after } from 'next/server';
import { z } from 'zod';
import type { ActionResult } from '#lib/actions/action-result.ts';
import { defineAction } from '#lib/actions/define-action.ts';
import { requestIntl } from '#lib/i18n/server.ts';
import { viewOfExport, type ExportRow, type ExportView } from '#lib/keys/requests/audit-export.ts';
import { runExport } from '#lib/keys/requests/audit-export-run.ts';
import { createExport, deleteExports, readExport, stopExport, resumeExport } from '#lib/keys/requests/audit-exports.ts';
import { getHealth } from '#lib/omni/resources/health.ts';
import { getKey } from '#lib/omni/resources/keys.ts';
import type { Omni } from '#lib/omni/door/omni.ts';
import { readingFresh } from '#lib/omni/cache/read.ts';
import { mayHave } from '#lib/session/request/own-scopes.ts';
import { allows } from '#lib/scopes/scopes.ts';
import { store, type Store } from '#lib/store/database.ts';
import { separatorFor } from '#lib/text/csv.ts';

const READ = 'keys:read';
const WRITE = 'keys:write';
const time = z.iso.datetime().optional();
const filter = z.strictObject({
  status: z.int().optional(),
  path: z.string().max(200).optional(),
  since: time,
  until: time,
  method: z.string().max(10).optional(),
  ip: z.string().max(45).optional(),
});
const byId = z.strictObject({ id: z.uuid() });

const startRun = defineAction({
  name: 'keys.export-start',
  scope: READ,
  unknown: 'omni',
  input: z.strictObject({ keyId: z.uuid(), filter }),
  run: async ({ input, session, omni }): Promise<ActionResult<ExportView>> => {
    const fresh = readingFresh(omni);
    const key = await getKey(fresh, input.keyId);
    if (!key.ok) return { ok: false, code: key.error.kind };
    const [db, until, { locale }] = await Promise.all([
      store(),
      lastMomentOf(fresh, input.filter.until),
      requestIntl(),
    ]);
    const row = await createExport(db, {
      server: session.server.id,
      actor: session.actor,
      keyId: input.keyId,
      filter: input.filter,
      who: session.yourName ?? session.keyName,
      separator: separatorFor(locale),
      until,
    });
    return started(db, fresh, row);
  },
});

const resumeRun = defineAction({
  name: 'keys.export-resume',
  scope: READ,
  unknown: 'own',
  input: byId,
  run: async ({ input, omni, ...signed }): Promise<ActionResult<ExportView>> => {
    const db = await store();
    const found = await readExport(db, input.id);
    if (!found || !mayHave(signed, READ, found)) return { ok: false, code: 'not_found' };
    if (found.unreadable) return { ok: false, code: 'entry_unreadable' };
    const row = await resumeExport(db, input.id);
    if (!row) return { ok: false, code: 'nothing_to_continue' };
    return started(db, readingFresh(omni), row);
  },
});

const stopRun = defineAction({
  name: 'keys.export-stop',
  scope: READ,
  unknown: 'own',
  input: byId,
  async run({ input, ...signed }): Promise<ActionResult> {
    const db = await store();
    const found = await readExport(db, input.id);
    if (!found || !mayHave(signed, READ, found)) return { ok: false, code: 'not_found' };
    await stopExport(db, input.id);
    return { ok: true, data: undefined };
  },
});

const deleteRun = defineAction({
  name: 'keys.export-delete',
  scope: READ,
  unknown: 'own',
  input: byId,
  async run({ input, ...signed }): Promise<ActionResult> {
    const db = await store();
    const found = await readExport(db, input.id);
    if (!found || !mayHave(signed, READ, found)) return { ok: false, code: 'not_found' };
    const own = found.actor === signed.session.actor && found.onlyCopySince === null;
    if (!own && allows(signed.session.scopes, WRITE) === 'no')
      return { ok: false, code: 'forbidden', values: { scope: WRITE } };
    await deleteExports(db, [input.id]);
    return { ok: true, data: undefined };
  },
});

/** Starts a copy of a key's requests; it continues after the answer, whatever becomes of the tab. */
export async function startExportAction(input: unknown): Promise<ActionResult<ExportView>> {
  return startRun(input);
}

/** Continues a copy that stopped, failed or lost its process. */
export async function resumeExportAction(input: unknown): Promise<ActionResult<ExportView>> {
  return resumeRun(input);
}

/** Stops a copy before its next page. */
export async function stopExportAction(input: unknown): Promise<ActionResult> {
  return stopRun(input);
}

/** Deletes a copy: one's own, or, with `keys:write`, anybody's and those of deleted keys. */
export async function deleteExportAction(input: unknown): Promise<ActionResult> {
  return deleteRun(input);
}

function started(db: Store, omni: Omni, row: ExportRow): ActionResult<ExportView> {
  const view = viewOfExport(row);
  after(() => runExport(db, omni, row));
  return { ok: true, data: view };
}

/** The requested end of a copy, else now by Omni's clock, so that requests made while it is copied are not in it. */
async function lastMomentOf(omni: Omni, until: string | undefined): Promise<number> {
  const health = await getHealth(omni);
  const now = health.ok && health.value.timestamp ? Date.parse(health.value.timestamp) : Date.now();
  return until ? Math.min(now, Date.parse(until)) : now;
}
