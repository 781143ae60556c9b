/** How long typing rests before Omni is asked, milliseconds: less than between two keys of somebody quick. */
const REST_MS = 80;
/** The same for a minute after Omni has refused a call for coming too often. */
const SCARCE_REST_MS = 400;
const SCARCE_FOR_MS = 60_000;

let scarceUntil = 0;

/** How long typing rests now before Omni is asked; milliseconds. A question that is overtaken is aborted, down to Omni. */
export function typingRest(now = Date.now()): number {
  return now < scarceUntil ? SCARCE_REST_MS : REST_MS;
}

/** Takes note of a problem that a lookup answered: after `rate_limited` the next ones come slower. */
export function noteProblem(problem: unknown, now = Date.now()): void {
  if (problem === 'rate_limited') scarceUntil = now + SCARCE_FOR_MS;
}
