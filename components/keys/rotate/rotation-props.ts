import type { ActionResult } from '#lib/actions/action-result.ts';
import type { RotationProgress } from '#lib/keys/rotate/rotation-progress.ts';

/** The actions of a rotation that are no operations. */
export type RotationActions = {
  acknowledge: (input: { id: string }) => Promise<ActionResult>;
  setQuietMinutes: (input: { id: string; minutes: number }) => Promise<ActionResult>;
  /** Records what can't change any more, as reading records nothing. */
  reconcile: (input: { id: string }) => Promise<ActionResult>;
  close: (input: { id: string; as: 'kept-both' | 'given-up' }) => Promise<ActionResult>;
};

/** What every step of a rotation's page is given. */
export type RotationStepProps = {
  progress: RotationProgress;
  zone: string;
  /** Why nothing can be changed here. */
  locked: string | undefined;
  nowByOmni: () => number;
  actions: RotationActions;
  changed: () => Promise<void>;
};
