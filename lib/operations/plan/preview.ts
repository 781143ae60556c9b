import 'server-only';
import { randomUUID } from 'node:crypto';
import type { Omni } from '#lib/omni/door/omni.ts';
import { problemOf } from '#lib/omni/problem-code.ts';
import { allows } from '#lib/scopes/scopes.ts';
import type { Store } from '#lib/store/database.ts';
import { planNow } from '#lib/operations/effects/plan-of.ts';
import type { Lease } from '#lib/operations/run/lease.ts';
import { asJson, type Json, type Operation, type Operations, type Plan } from './define.ts';
import type { Problem } from '#lib/operations/journal/entry.ts';
import { fingerprint } from './fingerprint.ts';
import { sealPreview, type SealedPreview } from './preview-token.ts';

/**
 * Who runs an operation, with what. `omni` makes the handle of a run: every call carries the entry's id, and the door asks
 * `mayStillSend` right before the first byte of each write.
 */
export type Runner = {
  operations: Operations;
  db: Store;
  omni: (entryId?: string, mayStillSend?: () => boolean) => Omni;
  session: {
    sid: string;
    server: string;
    actor: string;
    /** Every name this key has in the store: older `STORE_KEYS` gave it others. */
    actors?: readonly string[];
    keyName: string;
    yourName: string | null;
    scopes: readonly string[] | null;
    /** The session's key was typed lately enough for operations that ask for `proof`. */
    proved?: boolean;
  };
  lease?: Lease;
  /** Waits between the reads after a write that got no answer; tests make it short. */
  wait?: (ms: number) => Promise<void>;
  /** Whether the session still lives: the key of one that ended is not used any more. Absent where there is none to ask about. */
  lives?: () => Promise<boolean>;
  /** Told once a run has ended, however, with what it is: what looks at the result afterwards reads only. */
  ended?: (run: { entryId: string; operation: string }) => Promise<void>;
};

/** Which entry is to be undone, as it stood. */
export type UndoTarget = NonNullable<SealedPreview['undo']>;

export type Previewed = { ok: true; token: string; plan: Plan; input: Json } | { ok: false; problem: Problem };

/** What would happen now: reads the facts, plans, and seals what is shown into a token. Changes nothing. */
export async function preview(runner: Runner, name: string, rawInput: unknown, undo?: UndoTarget): Promise<Previewed> {
  const prepared = prepare(runner, name, rawInput);
  if (!prepared.ok) return prepared;
  const { operation, input } = prepared;
  const facts = await operation.read(input, runner.omni(), runner.session.scopes, runner.db);
  if (!facts.ok) return { ok: false, problem: problemOf(facts.error) };
  const plan = planNow(operation, input, facts.value);
  return { ok: true, plan, input: asJson(input), token: tokenFor(runner, name, asJson(input), plan, undo) };
}

/** Seals a plan that was just shown. */
export function tokenFor(runner: Runner, name: string, input: Json, plan: Plan, undo?: UndoTarget): string {
  const { sid, server } = runner.session;
  return sealPreview({
    id: randomUUID(),
    operation: name,
    input,
    title: plan.title,
    fingerprint: fingerprint(plan.effects),
    sid,
    server,
    at: Date.now(),
    ...(undo ? { undo } : {}),
  });
}

/** The operation of a name with its parsed input, if the session's key may do it. */
export function prepare(
  runner: Runner,
  name: string,
  rawInput: unknown,
): { ok: true; operation: Operation; input: unknown } | { ok: false; problem: Problem } {
  const operation = runner.operations.get(name);
  if (!operation) return { ok: false, problem: { code: 'unknown_operation' } };
  const missing = operation.scopes.find((scope) => allows(runner.session.scopes, scope) === 'no');
  if (missing) return { ok: false, problem: { code: 'forbidden', values: { scope: missing } } };
  const parsed = operation.input.safeParse(rawInput);
  if (!parsed.success) return { ok: false, problem: { code: codeOf(parsed.error.issues) } };
  return { ok: true, operation, input: parsed.data };
}

/** Why this session may preview an operation but not run it now: its key has to be typed again; else null. */
export function unproved(runner: Runner, operation: Operation): Problem | null {
  return operation.proof && !runner.session.proved ? { code: 'proof_needed' } : null;
}

/** An input schema may name a sentence of `problems` instead of its own words. */
function codeOf(issues: readonly { message: string }[]): string {
  return issues.map(({ message }) => message).find((message) => /^[a-z]+(_[a-z]+)+$/.test(message)) ?? 'invalid';
}
