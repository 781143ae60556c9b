'use client';

import { useCallback, useEffect, useState } from 'react';
import { consoleFetch } from '#components/shell/calls/console-fetch.ts';
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
  useEffect(() => {
    if (!running) return;
    const refresh = async (id: string) => {
      const view = await readView(id);
      if (view === 'gone') setAll((now) => now.filter((one) => one.id !== id));
      else if (view) put(view);
    };
    const timer = setInterval(() => {
      for (const id of running.split(',')) void refresh(id);
    }, POLL_MS);
    return () => clearInterval(timer);
  }, [running, put]);

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

async function readView(id: string): Promise<ExportView | 'gone' | null> {
  try {
    const response = await consoleFetch(`/api/keys/exports/${id}`, { cache: 'no-store' });
    if (response.status === 404) return 'gone';
    return response.ok ? ((await response.json()) as ExportView) : null;
  } catch {
    return null;
  }
}
