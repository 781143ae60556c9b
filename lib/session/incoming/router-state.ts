import { z } from 'zod';

/** Next refuses longer ones. */
const LONGEST = 40_000;

const KINDS = ['c', 'ci(..)(..)', 'ci(.)', 'ci(..)', 'ci(...)', 'oc', 'd', 'di(..)(..)', 'di(.)', 'di(..)', 'di(...)'];

const segment = z.union([z.string(), z.tuple([z.string(), z.string(), z.enum(KINDS), z.array(z.string()).nullable()])]);

/** A part of the tree of segments that a page shows, as Next's router sends it (`flightRouterStateSchema` of its own). */
const routerState: z.ZodType = z.lazy(() =>
  z.tuple([
    segment,
    // Next reads a list as the record of its places.
    z.preprocess((parts) => (Array.isArray(parts) ? { ...parts } : parts), z.record(z.string(), routerState)),
    z.tuple([z.string(), z.string()]).nullable().optional(),
    z.enum(['refetch', 'inside-shared-layout', 'metadata-only']).nullable().optional(),
    z.number().nullable().optional(),
    z.string().optional(),
  ]),
);

/** Whether a `Next-Router-State-Tree` is one that Next can read: it answers 500 to any other, with a stack trace in the log. */
export function isRouterState(header: string): boolean {
  if (header.length > LONGEST) return false;
  try {
    return routerState.safeParse(JSON.parse(decodeURIComponent(header))).success;
  } catch {
    return false;
  }
}
