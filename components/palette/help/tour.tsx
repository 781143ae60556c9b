import type { ReactNode } from 'react';
import { markdownBlocks, type MarkedBlock, type MarkedSpan } from '#lib/text/markdown.ts';
import { TOUR_PARTS } from './tour-parts.ts';

/** The tour as a page: its title, and a section for each of its parts. What stands before them is for who hasn't signed in yet. */
export function Tour({ text }: { text: string }) {
  const [title, ...blocks] = markdownBlocks(text);
  const sections = blocks.reduce<MarkedBlock[][]>(
    (all, block) =>
      block.is === 'heading' ? [...all, [block]] : [...all.slice(0, -1), [...(all.at(-1) ?? []), block]],
    [[]],
  );
  const [, ...parts] = sections;
  return (
    <article className="space-y-6">
      {title?.is === 'heading' ? <h1>{spans(title.spans)}</h1> : null}
      <div className="columns-[26rem] gap-x-12">
        {parts.map((part, at) => (
          <section
            key={TOUR_PARTS[at]}
            id={TOUR_PARTS[at]}
            className="max-w-prose scroll-mt-6 break-inside-avoid space-y-2 pb-8"
          >
            {part.map(shown)}
          </section>
        ))}
      </div>
    </article>
  );
}

function shown(block: MarkedBlock, at: number): ReactNode {
  if (block.is === 'heading') return <h2 key={at}>{spans(block.spans)}</h2>;
  if (block.is === 'paragraph') return <p key={at}>{spans(block.spans)}</p>;
  const List = block.numbered ? 'ol' : 'ul';
  return (
    <List key={at} className={`space-y-1 pl-6 ${block.numbered ? 'list-decimal' : 'list-disc'}`}>
      {block.items.map((item, index) => (
        // oxlint-disable-next-line react/no-array-index-key -- the items of a document never change places
        <li key={index}>{spans(item)}</li>
      ))}
    </List>
  );
}

const TAGS = { code: 'code', strong: 'strong', em: 'em' } as const;

function spans(all: readonly MarkedSpan[]): ReactNode[] {
  return all.map(({ is, text }, at) => {
    if (is === 'text') return text;
    const Tag = TAGS[is];
    // oxlint-disable-next-line react/no-array-index-key -- the spans of a document never change places
    return <Tag key={at}>{text}</Tag>;
  });
}
