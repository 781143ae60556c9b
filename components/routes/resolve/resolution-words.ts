'use client';

import { useTranslations } from 'use-intl/react';
import type { AgentLabel } from '#lib/routes/resolve/resolution-view.ts';

/** The name of an agent, or what stands for one. */
export function useAgentWords(): (agent: AgentLabel) => string {
  const t = useTranslations('route-test');
  return (agent) => {
    if (agent.is === 'named') return agent.name;
    return agent.is === 'not-seen' && agent.id
      ? t('agents.not-seen-id', { id: agent.id.slice(0, 8) })
      : t(`agents.${agent.is}`);
  };
}
