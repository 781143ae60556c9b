'use client';

import { useTranslations } from 'use-intl/react';
import type { AgentLabel } from '#lib/routes/resolve/resolution-view.ts';

/** The name of an agent, or what stands for one. */
export function useAgentWords(): (agent: AgentLabel) => string {
  const t = useTranslations('route-test');
  return (agent) => (agent.is === 'named' ? agent.name : t(`agents.${agent.is}`));
}
