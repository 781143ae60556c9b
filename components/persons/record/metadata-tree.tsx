import type { Json } from '#lib/operations/plan/define.ts';

const DEEPEST = 6;
/** So many entries stand in the line, and so much of each. */
const MOST = 3;
const LONGEST = 40;

/** Metadata in one line, as much as stands there; all of it, nested, once it is opened. */
export function MetadataLine({ value }: { value: { [key: string]: Json } }) {
  const entries = Object.entries(value);
  const plain = entries.filter(([, one]) => typeof one !== 'object' || one === null);
  const shown = plain.slice(0, MOST);
  const left = entries.length - shown.length;
  const isCut = shown.some(([, one]) => String(one).length > LONGEST);
  const line = (
    <>
      {shown.map(([key, one]) => (
        <span key={key} className="mr-3 inline-block max-w-full break-words">
          <span className="text-muted">{key}</span> {cut(String(one))}
        </span>
      ))}
      {left > 0 ? <span className="text-muted">+{left}</span> : null}
    </>
  );
  if (left === 0 && !isCut) return <p>{line}</p>;
  return (
    <details>
      <summary className="min-h-6 marker:text-muted">{line}</summary>
      <div className="mt-2">
        <MetadataTree value={value} />
      </div>
    </details>
  );
}

function cut(text: string): string {
  const letters = [...text];
  return letters.length > LONGEST ? `${letters.slice(0, LONGEST - 1).join('')}…` : text;
}

/** Metadata as people read it: keys and values, nested. What lies deeper than six levels is shown as JSON. */
function MetadataTree({ value, depth = 0 }: { value: unknown; depth?: number }) {
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
