'use client';

import { useCallback, useEffect, useState } from 'react';
import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ExportView } from '#lib/keys/requests/audit-export.ts';
import type { AuditFilter } from '#lib/keys/requests/audit-filter.ts';

export type ExportActions = {
  start: (input: { keyId: string; filter: AuditFilter }) => Promise<ActionResult<ExportView>>;
  resume: (input: { id: string }) => Promise<ActionResult<ExportView>>;
  stop: (input: { id: string }) => Promise<ActionResult>;
  remove: (input: { id: string }) => Promise<ActionResult>;
};

const POLL_MS = 1000;
const AWAY = { ok: false, code: 'console_unreachable' } as const;

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
    const result = await asked.catch(() => AWAY);
    setProblem(result.ok ? null : result);
    if (result.ok) put(result.data);
  }
  return {
    all,
    problem,
    start: (filter: AuditFilter) => answered(actions.start({ keyId, filter })),
    resume: (id: string) => answered(actions.resume({ id })),
    async stop(id: string) {
      setAll((now) => now.map((view) => (view.id === id ? { ...view, stopRequested: true } : view)));
      const result = await actions.stop({ id }).catch(() => AWAY);
      setProblem(result.ok ? null : result);
    },
    async remove(id: string) {
      const result = await actions.remove({ id }).catch(() => AWAY);
      setProblem(result.ok ? null : result);
      if (result.ok) setAll((now) => now.filter((view) => view.id !== id));
    },
  };
}

const newestFirst = (a: ExportView, b: ExportView) => b.createdAt - a.createdAt;

async function readView(id: string): Promise<ExportView | 'gone' | null> {
  try {
    const response = await fetch(`/api/keys/exports/${id}`, { cache: 'no-store' });
    if (response.status === 404) return 'gone';
    return response.ok ? ((await response.json()) as ExportView) : null;
  } catch {
    return null;
  }
}
