/**
 * The answer of an action. `code` names a sentence in `messages/*.json` (namespace `problems`); `values` fill it; `fields`
 * maps field names to codes of the same namespace. Only bugs throw.
 */
export type ActionResult<T = undefined> =
  | { ok: true; data: T }
  | { ok: false; code: string; values?: Record<string, string | number>; fields?: Record<string, string> };

export type ActionFailure = Extract<ActionResult<unknown>, { ok: false }>;
