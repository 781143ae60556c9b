import { BackLink } from '#components/ui/page-header.tsx';

/** The way back to a key's page. */
export function BackToKey({ id, name }: { id: string; name: string }) {
  return (
    <BackLink href={`/keys/${id}`}>
      <bdi className="truncate" title={name}>
        {name}
      </bdi>
    </BackLink>
  );
}
