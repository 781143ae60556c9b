import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { processWide } from '#lib/process-wide.ts';

/** Rotations whose page waits for a new key in this process, and the key from its creation until its page has it. */
const waiting = () => processWide('awaited-keys', () => new Map<string, Credential | null>());

/** Registers that a page waits for the key of a rotation: without that none is created, since nobody could ever read it. */
export function awaitKey(rotationId: string): void {
  waiting().set(rotationId, null);
}

/** Whether a page waits for the key of a rotation in this process. */
export function isAwaited(rotationId: string): boolean {
  return waiting().has(rotationId);
}

/** Holds a key between its creation and its check. */
export function holdKey(rotationId: string, credential: Credential): void {
  if (isAwaited(rotationId)) waiting().set(rotationId, credential);
}

/** The key a rotation created in this process, while a page waits for it. */
export function heldKey(rotationId: string): Credential | null {
  return waiting().get(rotationId) ?? null;
}

/** Forgets a rotation's key. */
export function forgetKey(rotationId: string): void {
  waiting().delete(rotationId);
}
