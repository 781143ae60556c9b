import type { Metadata } from 'next';
import { requireKit } from '#app/(console)/dev/kit/require-kit.ts';
import { WithMessages } from '#components/shell/with-messages.tsx';
import { PageHeader } from '#components/ui/page-header.tsx';
import { listAgents } from '#lib/omni/resources/agents.ts';
import { listAllInstances } from '#lib/omni/resources/instances.ts';
import { KitForms } from './kit-forms.tsx';

export const metadata: Metadata = { title: 'Kit: forms' };

/** Every part of the forms' kit, in its states. Its own words are English only: nobody who uses the console sees it. */
export default async function KitFormsPage() {
  const { omni } = await requireKit();
  const [instances, agents] = await Promise.all([listAllInstances(omni), listAgents(omni)]);
  return (
    <>
      <PageHeader title="Kit: forms" />
      <WithMessages of={['form', 'picker', 'operations', 'problems', 'ui']}>
        <KitForms
          instances={(instances.ok ? instances.value : []).map(({ id, name, channel }) => ({
            id,
            name,
            detail: channel,
          }))}
          agents={(agents.ok ? agents.value : []).map(({ id, name }) => ({ id, name }))}
        />
      </WithMessages>
    </>
  );
}
