'use client';

import { useTranslations } from 'use-intl/react';
import { PickerField } from '#components/form/picker/picker-field.tsx';
import { searchIn } from '#components/form/picker/searches.ts';
import { useAgentChoices } from '#components/routes/editor/agent-field.tsx';
import type { Seen } from '#lib/omni/seen.ts';
import type { AgentChoices } from '#lib/routes/editor/editor.ts';

/** The agent a saved test expects, as a field of the form around it; nobody where it is empty. */
export function ExpectedAgent({ agents }: { agents: Seen<AgentChoices> }) {
  const t = useTranslations('saved-tests');
  const { options, hints } = useAgentChoices(agents);
  return (
    <PickerField
      name="agent"
      label={t('expected')}
      placeholder={t('nobody')}
      search={searchIn(options)}
      hint={hints.length > 0 ? hints.join(' ') : undefined}
    />
  );
}
