/** As many agents as Omni lists; the next one can't be reached by the list (contract §1.6). */
export const AGENTS_LIMIT = 200;

/** How long the door waits for the answer to a write, in milliseconds; a write of a run that died may be under way as long. */
export const WRITE_TIMEOUT_MS = 30_000;
