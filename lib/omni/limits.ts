/** As many agents as Omni lists; the next one can't be reached by the list (contract §1.6). */
export const AGENTS_LIMIT = 200;
