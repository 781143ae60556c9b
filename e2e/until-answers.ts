import { setTimeout as sleep } from 'node:timers/promises';

/** Waits until an address answers well; a server somebody else started has no other way to say that it is there. */
export async function untilAnswers(url: string, tries = 200): Promise<void> {
  for (let count = 0; count < tries; count += 1) {
    const answer = await fetch(url).catch(() => null);
    await answer?.arrayBuffer();
    if (answer?.ok) return;
    await sleep(100);
  }
  throw new Error(`${url} did not answer`);
}
