import { CircleAlert, CircleCheck, CircleHelp, LoaderCircle } from 'lucide-react';
import type { VerdictShown } from './verdict-text.ts';

const LOOKS = {
  answers: { icon: CircleCheck, ink: 'text-good', tone: 'good' },
  nobody: { icon: CircleAlert, ink: 'text-danger', tone: 'danger' },
  unknown: { icon: CircleHelp, ink: 'text-muted', tone: 'unknown' },
  checking: { icon: LoaderCircle, ink: 'text-muted', tone: 'unknown' },
} as const;

/** The icon and colours of a verdict. */
export function verdictLook(verdict: VerdictShown): (typeof LOOKS)[keyof typeof LOOKS] {
  return LOOKS[verdict === 'checking' ? 'checking' : verdict.is];
}
