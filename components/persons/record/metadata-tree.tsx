const DEEPEST = 6;

/** Metadata as people read it: keys and values, nested. What lies deeper than six levels is shown as JSON. */
export function MetadataTree({ value, depth = 0 }: { value: unknown; depth?: number }) {
  if (typeof value !== 'object' || value === null) return <span className="break-words">{String(value)}</span>;
  if (depth >= DEEPEST) return <code className="font-mono text-xs">{JSON.stringify(value)}</code>;
  if (Array.isArray(value)) {
    return (
      <ul className="list-inside list-disc marker:text-muted">
        {value.map((item, index) => (
          <li key={index}>
            <MetadataTree value={item} depth={depth + 1} />
          </li>
        ))}
      </ul>
    );
  }
  return (
    <dl className="space-y-1">
      {Object.entries(value).map(([key, item]) => (
        <div key={key} className={typeof item === 'object' && item !== null ? '' : 'flex flex-wrap gap-x-2'}>
          <dt className="font-mono text-xs leading-5 text-muted">{key}</dt>
          <dd className={typeof item === 'object' && item !== null ? 'border-l pl-3' : 'min-w-0'}>
            <MetadataTree value={item} depth={depth + 1} />
          </dd>
        </div>
      ))}
    </dl>
  );
}
