import { Bot, CircleCheck, CircleHelp, CircleX, Clock, Hourglass, UserRoundKey, type LucideIcon } from 'lucide-react';
import type { Tone } from '#components/ui/badge.tsx';
import type { KeyKind } from '#lib/keys/list/listed-key.ts';
import type { KeyStatus } from '#lib/keys/list/status.ts';

type Look = { tone: Tone; icon: LucideIcon };

/** How a key's status is shown. */
export const STATUS_LOOKS: Record<KeyStatus, Look> = {
  active: { tone: 'good', icon: CircleCheck },
  expires_soon: { tone: 'warn', icon: Hourglass },
  expired: { tone: 'plain', icon: Clock },
  revoked: { tone: 'danger', icon: CircleX },
  unknown: { tone: 'unknown', icon: CircleHelp },
};

/** How the kinds of a key that limit what can be done with it are shown. */
export const KIND_LOOKS: Record<KeyKind, Look> = {
  own: { tone: 'accent', icon: UserRoundKey },
  agent: { tone: 'plain', icon: Bot },
};
