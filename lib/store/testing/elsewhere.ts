import 'server-only';
import { processWide } from '#lib/process-wide.ts';

/** Does something as another process would: it knows nothing of the rows that this one works on. */
export async function elsewhere<T>(work: () => Promise<T>): Promise<T> {
  const shared = processWide('live-holds', () => ({ holds: new Map<string, number>() }));
  const here = shared.holds;
  shared.holds = new Map();
  try {
    return await work();
  } finally {
    shared.holds = here;
  }
}
