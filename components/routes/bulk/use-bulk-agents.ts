'use client';

import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl/react';
import type { PickerOption } from '#components/form/picker/option.ts';
import { mapSeen, type Seen } from '#lib/omni/seen.ts';
import type { AgentChoice } from '#lib/routes/list/list.ts';

type Agents = Seen<readonly AgentChoice[]>;

/** The agents that routes can get, as they are picked. `late`: they follow the page. */
export function useBulkAgents(first: Agents, late: Promise<Agents> | null = null): Seen<readonly PickerOption[]> {
  const t = useTranslations('routes-list');
  const [followed, follow] = useState<{ of: Promise<Agents>; agents: Agents } | null>(null);
  useEffect(() => {
    let left = false;
    void late?.then((agents) => left || follow({ of: late, agents }));
    return () => {
      left = true;
    };
  }, [late]);
  const agents = followed?.of === late && followed ? followed.agents : first;
  return useMemo(
    () =>
      mapSeen(agents, (all) =>
        all.map(({ id, name, active }) => ({ id, name, ...(active ? {} : { warn: t('agent-states.inactive') }) })),
      ),
    [agents, t],
  );
}
