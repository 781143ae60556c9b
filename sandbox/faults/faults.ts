import { randomUUID } from 'node:crypto';
import type { SQLInputValue } from 'node:sqlite';
import type { HonoRequest } from 'hono';

export const FAULT_KINDS = [
  'latency',
  'hold',
  'status',
  'cut',
  'slow-body',
  'truncated-body',
  'html',
  'wrong-json',
  'answer',
  'revoke-key',
  'write',
] as const;

type FaultKind = (typeof FAULT_KINDS)[number];

/** One thing that goes wrong, and which calls it goes wrong for. */
export type Fault = {
  id: string;
  kind: FaultKind;
  /** `before` the work, `after` it, or at a named point within: `merge:moved` … */
  when: string;
  method?: string;
  /** A regular expression over the path, `/api/v2` included. */
  path?: string;
  /** A regular expression over the query. */
  query?: string;
  /** From the nth matching call on; 1 by default. */
  nth: number;
  /** So many times; null is for ever. */
  times: number | null;
  ms?: number;
  status?: number;
  body?: unknown;
  sql?: string;
  params?: SQLInputValue[];
};

export type FaultRequest = Partial<Omit<Fault, 'id'>> & { kind: FaultKind };

export type FaultBox = {
  add(request: FaultRequest): Fault;
  list(): (Fault & { seen: number; fired: number })[];
  clear(id?: string): void;
  /** The faults a call meets; asking counts. */
  meet(request: HonoRequest): Fault[];
  /** Settles when a fault is cleared; at once where it is already. */
  cleared(id: string): Promise<void>;
};

const AFTER: ReadonlySet<FaultKind> = new Set(['slow-body', 'truncated-body', 'wrong-json']);

function completeFault(request: FaultRequest): Fault {
  const when = request.when ?? (AFTER.has(request.kind) ? 'after' : 'before');
  return { nth: 1, times: 1, ...request, id: randomUUID(), when };
}

export function createFaultBox(): FaultBox {
  type Entry = { fault: Fault; path: RegExp; seen: number; fired: number; cleared: PromiseWithResolvers<void> };
  const entries = new Map<string, Entry>();
  const remove = (id: string) => {
    entries.get(id)?.cleared.resolve();
    entries.delete(id);
  };

  return {
    add(request) {
      const fault = completeFault(request);
      const path = new RegExp(fault.path ?? '');
      entries.set(fault.id, { fault, path, seen: 0, fired: 0, cleared: Promise.withResolvers() });
      return fault;
    },
    list: () => [...entries.values()].map(({ fault, seen, fired }) => ({ ...fault, seen, fired })),
    clear(id) {
      for (const each of id === undefined ? [...entries.keys()] : [id]) remove(each);
    },
    meet(request) {
      const met: Fault[] = [];
      for (const entry of entries.values()) {
        const { fault, path } = entry;
        const methodFits = fault.method === undefined || fault.method.toUpperCase() === request.method;
        if (!methodFits || !path.test(request.path)) continue;
        if (fault.query !== undefined && !new RegExp(fault.query).test(new URL(request.url).search)) continue;
        entry.seen += 1;
        if (entry.seen < fault.nth || (fault.times !== null && entry.fired >= fault.times)) continue;
        entry.fired += 1;
        met.push(fault);
      }
      const own = request.header('x-sandbox-fault');
      return own === undefined ? met : [...met, ...parseFaultHeader(own)];
    },
    cleared: async (id) => entries.get(id)?.cleared.promise,
  };
}

/** `latency:500`, `status:503`, `cut:after`, `slow-body:300`, `html`, several with commas between, or one fault as JSON. */
function parseFaultHeader(text: string): Fault[] {
  if (text.startsWith('{')) return [completeFault(JSON.parse(text) as FaultRequest)];
  return text.split(',').flatMap((part) => {
    const [name = '', argument] = part.trim().split(/:(.*)/s);
    const kind = FAULT_KINDS.find((known) => known === name);
    if (!kind) return [];
    if (argument === undefined) return [completeFault({ kind })];
    if (kind === 'latency' || kind === 'slow-body') return [completeFault({ kind, ms: Number(argument) })];
    if (kind === 'status') return [completeFault({ kind, status: Number(argument) })];
    return [completeFault({ kind, when: argument })];
  });
}
