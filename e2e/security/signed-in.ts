import { PAGE_MARK } from '#lib/session/request/page-mark.ts';
import type { RunningConsole } from '../../scripts/servers/console.ts';
import type { ForgedSession } from '../fixtures/forge.ts';
import { actionCall, builtActions, resultOf, sendRaw, type RawAnswer } from './hostile.ts';

/** A browser that is signed in, without a browser. */
export type SignedIn = {
  cookie: string;
  get: (path: string, headers?: Record<string, string>) => Promise<RawAnswer>;
  /** Calls an action as its page does; throws when it does not answer `ok`. */
  act: (name: string, input: unknown) => Promise<RawAnswer>;
  /** Previews an operation and runs it to its end. */
  operate: (operation: string, input: unknown) => Promise<void>;
};

export async function signedIn(web: RunningConsole, wanted: ForgedSession): Promise<SignedIn> {
  const { forgeCookies, markOf } = await import('../fixtures/forge.ts');
  const cookie = (await forgeCookies(web, wanted)).map(({ name, value }) => `${name}=${value}`).join('; ');
  const own = { cookie, origin: web.origin, [PAGE_MARK]: markOf(web, wanted) };
  const get = (path: string, headers = {}) => sendRaw(web.origin, { path, headers: { cookie, ...headers } });
  const act = async (name: string, input: unknown) => {
    const action = builtActions().find((one) => one.name === name);
    if (!action) throw new Error(`${name} is not built`);
    const answer = await sendRaw(web.origin, actionCall(action, [input], own));
    if (!resultOf(answer)?.ok) throw new Error(`${name}: ${answer.status} ${answer.text.slice(-400)}`);
    return answer;
  };
  const operate = async (operation: string, input: unknown) => {
    const token = /"token":"([^"]+)"/.exec((await act('previewAction', { operation, input })).text)?.[1] ?? '';
    const entry = /"entryId":"([^"]+)"/.exec((await act('runAction', { token })).text)?.[1] ?? '';
    for (;;) {
      const { text } = await get(`/api/operations/${entry}`);
      const status = /"status":"([a-z-]+)"/.exec(text)?.[1];
      if (status !== 'running') {
        if (status !== 'done') throw new Error(`${operation}: ${text.slice(0, 400)}`);
        return;
      }
    }
  };
  return { cookie, get, act, operate };
}
