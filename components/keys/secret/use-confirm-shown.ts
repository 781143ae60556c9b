import { useEffect } from 'react';
import { callAction } from '#components/shell/calls/call-action.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';

/** Tells the console that a key's text is on screen. */
export type ConfirmShown = ServerAction<{ keyId: string }, void>;

/** After how long a confirmation that did not arrive is sent again, in milliseconds; the last of them again and again. */
const AGAIN_MS = [1000, 3000, 10_000];

/** Confirms that the text of a key is on screen, once it is, as often as it takes. Until then it may not have been shown. */
export function useConfirmShown(keyId: string | null, confirm: ConfirmShown) {
  useEffect(() => {
    if (keyId === null) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let gone = false;
    const send = async (tries: number) => {
      const answer = await callAction(confirm, { keyId });
      if (answer.ok || gone) return;
      timer = setTimeout(() => void send(tries + 1), AGAIN_MS[Math.min(tries, AGAIN_MS.length - 1)]);
    };
    void send(0);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [keyId, confirm]);
}
