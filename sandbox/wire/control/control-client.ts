import type { Bulk } from '../../world/bulk-rows.ts';
import type { CallRecord } from '../../world/calls.ts';
import type { ResetOptions } from '../../world/create-world.ts';
import type { SqlRow } from '../../world/database.ts';
import type { Fault, FaultRequest } from '../../faults/faults.ts';
import type { TableDiff } from '../../world/snapshots.ts';
import type { Wire } from '../../world/tables.ts';

export type WhoAnswers = {
  decidedBy: 'chat' | 'user' | 'instance' | 'nobody';
  agentId: string | null;
  agent: Wire | null;
  route: Wire | null;
  settings: Record<string, { value: unknown; from: 'route' | 'instance' }>;
};

type Asked = { instanceId: string; chatId?: string; personId?: string };

/** The control endpoint of one sandbox, typed. Every call throws with the sandbox's sentence if it is refused. */
export type Control = ReturnType<typeof createControl>;

export function createControl(url: string) {
  async function ask<T>(method: string, path: string, body?: unknown): Promise<T> {
    const sent = body === undefined ? {} : { body: JSON.stringify(body) };
    const answer = await fetch(`${url}/__sandbox${path}`, { method, ...sent });
    const read = (await answer.json()) as T & { error?: string };
    if (!answer.ok) throw new Error(`${method} ${path}: ${read.error ?? answer.status}`);
    return read;
  }
  const query = (asked: Record<string, string>) => `?${new URLSearchParams(asked).toString()}`;

  return {
    describe: () => ask<{ generation: string; persons: number; seed: number }>('GET', '/'),
    now: async () => (await ask<{ milliseconds: number }>('GET', '/clock')).milliseconds,
    moveClock: (milliseconds: number) => ask('POST', '/clock', { move: milliseconds }),
    setClock: (moment: number | string) => ask('POST', '/clock', { set: moment }),
    fault: (fault: FaultRequest) => ask<Fault>('POST', '/faults', fault),
    faults: () => ask<{ items: (Fault & { seen: number; fired: number })[] }>('GET', '/faults'),
    clearFaults: () => ask('DELETE', '/faults'),
    clearFault: (id: string) => ask('DELETE', `/faults/${id}`),
    calls: () => ask<{ counts: Record<string, number>; items: CallRecord[] }>('GET', '/calls'),
    clearCalls: () => ask('DELETE', '/calls'),
    connections: () => ask<{ open: number; total: number; most: number }>('GET', '/connections'),
    rateLimit: (limit: number) => ask('POST', '/rate-limit', { limit }),
    restart: () => ask('POST', '/restart', {}),
    reset: (options: ResetOptions = {}) => ask('POST', '/reset', options),
    sql: async <T = SqlRow>(sql: string, params: (string | number | null)[] = []) =>
      (await ask<{ rows: T[] }>('POST', '/sql', { sql, params })).rows,
    write: async (sql: string, params: (string | number | null)[] = []) =>
      (await ask<{ changes: number }>('POST', '/write', { sql, params })).changes,
    rows: (bulk: Bulk) => ask<Record<string, string[]>>('POST', '/rows', bulk),
    snapshot: (name = 'before') => ask<{ rows: Record<string, number> }>('POST', '/snapshots', { name }),
    diff: (name = 'before', tables?: readonly string[]) =>
      ask<Record<string, TableDiff>>(
        'GET',
        `/snapshots/${name}/diff${tables ? query({ tables: tables.join(',') }) : ''}`,
      ),
    resolve: async (asked: Asked) => (await ask<{ route: Wire | null }>('GET', `/resolve${query(asked)}`)).route,
    whoAnswers: (asked: Asked, cached = false) =>
      ask<WhoAnswers>('GET', `/who-answers${query({ ...asked, cached: String(cached) })}`),
  };
}
