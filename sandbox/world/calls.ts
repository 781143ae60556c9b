import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { HonoRequest } from 'hono';

const KEPT = 5000;

export type CallRecord = {
  method: string;
  path: string;
  query: string;
  /** The path with its ids taken out: `/api/v2/persons/:id/presence`. */
  pattern: string;
  /** 0 where the connection was cut. */
  status: number;
  requestId: string | null;
  actor: string | null;
  userAgent: string | null;
  forwardedFor: string | null;
  at: string;
};

export type CallLog = {
  /** Begins a record; the answer ends it and comes back. */
  begin(request: HonoRequest): (answer: Response) => Response;
  list(): readonly CallRecord[];
  /** How many calls, by method and pattern. */
  counts(): Record<string, number>;
  clear(): void;
};

const UUID = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;

export function createCallLog(): CallLog {
  let records: CallRecord[] = [];
  let counts: Record<string, number> = {};

  return {
    begin(request) {
      const { method, path } = request;
      const pattern = path.replace(UUID, ':id');
      const query = new URL(request.url).search;
      const heard = (name: string) => request.header(name) ?? null;
      const record: CallRecord = {
        method,
        path,
        query,
        pattern,
        status: 0,
        requestId: heard('x-request-id'),
        actor: heard('x-omni-actor'),
        userAgent: heard('user-agent'),
        forwardedFor: heard('x-forwarded-for'),
        at: new Date().toISOString(),
      };
      records.push(record);
      if (records.length > KEPT) records = records.slice(-KEPT / 2);
      const mark = `${method} ${pattern}`;
      counts[mark] = (counts[mark] ?? 0) + 1;
      return (answer) => {
        record.status = answer === RESPONSE_ALREADY_SENT ? 0 : answer.status;
        return answer;
      };
    },
    list: () => records,
    counts: () => counts,
    clear() {
      records = [];
      counts = {};
    },
  };
}
