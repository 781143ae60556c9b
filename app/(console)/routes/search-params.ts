import { z } from 'zod';

const one = (value: unknown) => (Array.isArray(value) ? value[0] : value);
const id = z.preprocess(one, z.uuid().toLowerCase()).optional().catch(undefined);

/** Whom a new route is for, and which one it copies. Garbage falls away. */
export const newRouteParams = z.object({ instance: id, chat: id, person: id, copy: id });

/** Who is asked about. A chat id may be any text: Omni skips every route for one that is no UUID (contract §2.1). */
export const testParams = z.object({
  instance: id,
  chat: z.preprocess(one, z.string().trim().min(1).max(300)).optional().catch(undefined),
  person: id,
});
