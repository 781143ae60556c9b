import { CircleAlert, Info, TriangleAlert } from 'lucide-react';

/** The icon and ink of a finding by how much it matters. */
export const REASON_LOOKS = {
  danger: { icon: CircleAlert, ink: 'text-danger' },
  warn: { icon: TriangleAlert, ink: 'text-warn' },
  info: { icon: Info, ink: 'text-info' },
} as const;
