import { setImmediate as nextTurn } from 'node:timers/promises';

/** What was thrown in promises nobody waits for while `work` ran. Node tells of them one turn of the event loop later. */
export async function unhandledWhile(work: () => Promise<unknown>): Promise<unknown[]> {
  const found: unknown[] = [];
  const hear = (reason: unknown) => void found.push(reason);
  process.on('unhandledRejection', hear);
  try {
    await work();
    await nextTurn();
    await nextTurn();
  } finally {
    process.off('unhandledRejection', hear);
  }
  return found;
}
