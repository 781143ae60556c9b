'use client';

import { useEffect, useState } from 'react';
import { typingRest } from '#components/lookups/typing-rest.ts';
import { useLookup } from '#components/lookups/use-lookup.ts';
import { phoneLookup } from '#lib/lookups/people.ts';
import type { PhonePreview } from '#lib/persons/directory/phone-input.ts';

/** How the server reads a phone that is being typed; null while it is not known, or where there is nothing to say. */
export function useTypedPhone(typed: string): PhonePreview {
  const [read, setRead] = useState<{ of: string; as: PhonePreview } | null>(null);
  const wanted = typed.trim();
  // Where it fails nothing is shown: saving says the same.
  const { ask } = useLookup(phoneLookup, { onLine: (as) => setRead({ of: wanted, as }) });
  useEffect(() => ask(wanted ? { q: wanted } : null, typingRest()), [ask, wanted]);
  return read?.of === wanted ? read.as : null;
}
