const LONGEST_WAIT = 10_000;

/**
 * A mutex, first come first served. `take` resolves with the function that releases it, and rejects after ten seconds: then a
 * holder waits for itself (a transaction that uses the store beside its own handle).
 */
export class Turns {
  #held = false;
  readonly #waiting: (() => void)[] = [];
  readonly #longestWait: number;

  constructor(longestWait = LONGEST_WAIT) {
    this.#longestWait = longestWait;
  }

  /** Waits for the turn. */
  take(): Promise<() => void> {
    return new Promise((resolve, reject) => {
      const start = () => {
        clearTimeout(timer);
        this.#held = true;
        resolve(this.#release());
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(new Error(`The store's connection was not released within ${this.#longestWait} ms.`));
      }, this.#longestWait);
      if (this.#held) this.#waiting.push(start);
      else start();
    });
  }

  #release(): () => void {
    let released = false;
    return () => {
      if (released) return;
      released = true;
      this.#held = false;
      this.#waiting.shift()?.();
    };
  }
}
