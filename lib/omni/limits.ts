/** As many agents as Omni lists; the next one can't be reached by the list (contract §1.6). */
export const AGENTS_LIMIT = 200;

/** How long the door waits for the answer to a write, in milliseconds; a write of a run that died may be under way as long. */
export const WRITE_TIMEOUT_MS = 30_000;

const LONGEST_SEARCH = 200;

/** A text as it is searched for: trimmed, and cut at as much as Omni takes, within no character (Omni answers 500 to half of one). */
export function searchedText(text: string): string {
  return text
    .trim()
    .slice(0, LONGEST_SEARCH)
    .replace(/[\ud800-\udbff]$/, '')
    .trim();
}
