import type { ActionResult } from '#lib/actions/action-result.ts';
import type { ServerAction } from '#lib/actions/server-action.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';
import type { Locked } from '#components/ui/state/locked.ts';

/** The actions of a rotation that are no operations. */
export type RotationActions = {
  acknowledge: ServerAction<{ id: string }>;
  setQuietMinutes: ServerAction<{ id: string; minutes: number }>;
  /** Records what can't change any more, as reading records nothing. */
  reconcile: ServerAction<{ id: string }>;
  close: ServerAction<{ id: string; as: 'kept-both' | 'given-up' }>;
};

/** The same, sent: what fails is said in a toast. */
export type RotationCalls = {
  [name in keyof RotationActions]: (input: Parameters<RotationActions[name]>[0]) => Promise<ActionResult>;
};

/** What every step of a rotation's page is given. */
export type RotationStepProps = {
  progress: RotationProgress;
  zone: string;
  /** Why nothing can be changed here. */
  locked: Locked | undefined;
  nowByOmni: () => number;
  calls: RotationCalls;
  changed: () => Promise<void>;
};
