import 'server-only';

const HOLDS = Symbol.for('omni-console.live-holds');

/** Does something as another process would: it knows nothing of the rows that this one works on. */
export async function elsewhere<T>(work: () => Promise<T>): Promise<T> {
  const shared = globalThis as unknown as Record<symbol, unknown>;
  const here = shared[HOLDS];
  shared[HOLDS] = new Map();
  try {
    return await work();
  } finally {
    shared[HOLDS] = here;
  }
}
