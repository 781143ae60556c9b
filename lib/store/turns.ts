const LONGEST_WAIT = 10_000;

/**
 * One thing that many want, given to one at a time, in order. `take` resolves with the function that gives it back, and
 * rejects after ten seconds: then somebody who holds it waits for himself (a transaction that uses the store beside its own handle).
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
        resolve(this.#giveBack());
      };
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(start), 1);
        reject(new Error(`The store's connection was not given back within ${this.#longestWait} ms.`));
      }, this.#longestWait);
      if (this.#held) this.#waiting.push(start);
      else start();
    });
  }

  #giveBack(): () => void {
    let given = false;
    return () => {
      if (given) return;
      given = true;
      this.#held = false;
      this.#waiting.shift()?.();
    };
  }
}
