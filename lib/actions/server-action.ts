import type { ActionResult } from './action-result.ts';

declare const caller: unique symbol;

/** Whoever may call an action in the browser: `callAction` of `components/shell/calls/call-action.ts`, and nobody else. */
export type ActionCaller = { readonly [caller]: true };

/**
 * A server action as a component holds it. Its `this` is what keeps a component from calling it directly: a bare call would let
 * a rejection be silent, or take a new version of the console for a console that can't be reached.
 */
export type ServerAction<I, T = undefined> = (this: ActionCaller, input: I) => Promise<ActionResult<T>>;
