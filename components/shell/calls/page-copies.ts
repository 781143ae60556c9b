/** How old a copy may be to be shown without asking again; milliseconds. */
const FRESH_MS = 5_000;
/** The router keeps a copy for half a minute (`staleTimes` in next.config.ts). */
const KEPT_MS = 30_000;
/** What resting on links may cost in calls to Omni a minute: a fiftieth of what a key has. */
const RESTS_A_MINUTE = 20;

type Copy = { at: number; shown: boolean };

/**
 * The copies of pages that the router may show without asking: one is made when a link is pressed or rested on, and of every page
 * that was shown. Addresses are paths with their query; times milliseconds. A change outdates all of them.
 */
export class PageCopies {
  readonly #copies = new Map<string, Copy>();
  #rests: { at: number; calls: number }[] = [];
  outdated = false;

  /** A copy is asked for, unless there is one. */
  ask(address: string, now: number): void {
    const copy = this.#copies.get(address);
    if (!copy || now - copy.at > KEPT_MS) this.#copies.set(address, { at: now, shown: false });
  }

  /** Whether as many calls are left for links that are only rested on; they are taken. */
  mayRest(calls: number, now: number): boolean {
    this.#rests = this.#rests.filter(({ at }) => now - at < 60_000);
    const spent = this.#rests.reduce((sum, rest) => sum + rest.calls, 0);
    if (this.outdated || spent + calls > RESTS_A_MINUTE) return false;
    this.#rests.push({ at: now, calls });
    return true;
  }

  /** A page is shown by a link: whether what is shown may be a copy that is to be asked for again behind it. */
  shown(address: string, now: number): boolean {
    const copy = this.#copies.get(address);
    this.#copies.set(address, { at: now, shown: true });
    for (const [other, { at }] of this.#copies) if (now - at > KEPT_MS) this.#copies.delete(other);
    if (!copy || now - copy.at > KEPT_MS) return false;
    return this.outdated || copy.shown || now - copy.at > FRESH_MS;
  }

  /** The router gave up a copy that was not shown yet. */
  forget(address: string): void {
    if (this.#copies.get(address)?.shown === false) this.#copies.delete(address);
  }

  /** Everything was asked for again: there are no copies but the page that is shown. */
  drop(): void {
    this.outdated = false;
    this.#copies.clear();
  }
}
