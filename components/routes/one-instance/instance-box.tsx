'use client';

import { later } from '#components/ui/state/later.tsx';

/** The form for one instance by its id, which few keys need. */
export const InstanceBox = later(() => import('./instance-form.tsx').then((part) => part.InstanceForm));
