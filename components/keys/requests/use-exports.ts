'use client';

import { useCallback, useState } from 'react';
import { LookupFailed, readJson } from '#components/lookups/ask.ts';
import { usePoll } from '#components/lookups/use-poll.ts';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { ExportView } from '#lib/keys/requests/audit-export.ts';
import type { AuditFilter } from '#lib/keys/requests/audit-filter.ts';

export type ExportActions = {
  start: ServerAction<{ keyId: string; filter: AuditFilter }, ExportView>;
  resume: ServerAction<{ id: string }, ExportView>;
  stop: ServerAction<{ id: string }>;
  remove: ServerAction<{ id: string }>;
};

const POLL_MS = 1000;

/** The copies of one key's requests; running ones are read again once a second. */
export function useExports(keyId: string, first: ExportView[], actions: ExportActions) {
  const [all, setAll] = useState(first);
  const [problem, setProblem] = useState<{ code: string; values?: Record<string, string | number> } | null>(null);
  const put = useCallback(
    (view: ExportView) => setAll((now) => [view, ...now.filter(({ id }) => id !== view.id)].toSorted(newestFirst)),
    [],
  );
  const running = all.flatMap(({ id, status }) => (status === 'running' ? [id] : [])).join(',');
  usePoll(
    async (signal) => {
      const views = await Promise.all(running.split(',').map(async (id) => ({ id, view: await readView(id, signal) })));
      for (const { id, view } of views) {
        if (view === 'gone') setAll((now) => now.filter((one) => one.id !== id));
        else if (view) put(view);
      }
      return views.every(({ view }) => view !== null);
    },
    { everyMs: POLL_MS, on: running !== '' },
  );

  async function answered(asked: Promise<ActionResult<ExportView>>) {
    const result = await asked;
    setProblem(result.ok ? null : result);
    if (result.ok) put(result.data);
  }
  return {
    all,
    problem,
    start: (filter: AuditFilter) => answered(callAction(actions.start, { keyId, filter })),
    resume: (id: string) => answered(callAction(actions.resume, { id })),
    async stop(id: string) {
      setAll((now) => now.map((view) => (view.id === id ? { ...view, stopRequested: true } : view)));
      const result = await callAction(actions.stop, { id });
      setProblem(result.ok ? null : result);
    },
    async remove(id: string) {
      const result = await callAction(actions.remove, { id });
      setProblem(result.ok ? null : result);
      if (result.ok) setAll((now) => now.filter((view) => view.id !== id));
    },
  };
}

const newestFirst = (a: ExportView, b: ExportView) => b.createdAt - a.createdAt;

async function readView(id: string, signal: AbortSignal): Promise<ExportView | 'gone' | null> {
  try {
    return await readJson<ExportView>(`/api/keys/exports/${id}`, signal);
  } catch (error) {
    return error instanceof LookupFailed && error.status === 404 ? 'gone' : null;
  }
}
