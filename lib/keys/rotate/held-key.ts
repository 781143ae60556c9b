import 'server-only';
import type { Credential } from '#lib/omni/door/credential.ts';
import { processWide } from '#lib/omni/cache/process-wide.ts';

/** Rotations whose page waits for a new key in this process, and the key from its making until its page has it. */
const waiting = () => processWide('minting', () => new Map<string, Credential | null>());

/** Says that somebody waits for the key of a rotation: without that none is made, since nobody could ever read it. */
export function awaitKey(rotationId: string): void {
  waiting().set(rotationId, null);
}

/** Whether somebody waits for the key of a rotation, here and now. */
export function isAwaited(rotationId: string): boolean {
  return waiting().has(rotationId);
}

/** Holds a key between its making and its proof. */
export function holdKey(rotationId: string, credential: Credential): void {
  if (isAwaited(rotationId)) waiting().set(rotationId, credential);
}

/** The key a rotation made in this process, while somebody waits for it. */
export function heldKey(rotationId: string): Credential | null {
  return waiting().get(rotationId) ?? null;
}

/** Forgets a rotation's key. */
export function forgetKey(rotationId: string): void {
  waiting().delete(rotationId);
}
