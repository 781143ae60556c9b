/** A part of a line: as it stands, as code, or stressed. */
export type MarkedSpan = { is: 'text' | 'code' | 'strong' | 'em'; text: string };

/** A block of a text: a heading of level 1 or 2, a paragraph, or a list of lines. */
export type MarkedBlock =
  | { is: 'heading'; level: number; spans: MarkedSpan[] }
  | { is: 'paragraph'; spans: MarkedSpan[] }
  | { is: 'list'; numbered: boolean; items: MarkedSpan[][] };

/** A heading, a picture, or what begins an item. */
const HEADING = /^(#{1,2}) (.+)$/;
const PICTURE = /^!\[/;
const ITEM = /^(?:(\d+)\.|-) /;

/**
 * The blocks of a document of ours (`docs/tour.*.md`): headings, paragraphs, lists one level deep, code, strong and emphasis. Pictures
 * are left out. What it doesn't know stays as it is written.
 */
export function markdownBlocks(text: string): MarkedBlock[] {
  return text
    .split(/\n{2,}/)
    .map((block) => block.trim())
    .filter((block) => block !== '' && !PICTURE.test(block))
    .map((block): MarkedBlock => {
      const heading = HEADING.exec(block);
      if (heading) return { is: 'heading', level: heading[1]?.length ?? 1, spans: spansOf(heading[2] ?? '') };
      const numbered = ITEM.exec(block);
      if (!numbered) return { is: 'paragraph', spans: spansOf(oneLine(block)) };
      const items = block.split(/\n(?=\d+\. |- )/).map((item) => spansOf(oneLine(item.replace(ITEM, ''))));
      return { is: 'list', numbered: numbered[1] !== undefined, items };
    });
}

const oneLine = (text: string) => text.replaceAll(/\s*\n\s*/g, ' ');

const MARKED = /`([^`]+)`|\*\*([^*]+)\*\*|\*([^*]+)\*/g;

function spansOf(text: string): MarkedSpan[] {
  const spans: MarkedSpan[] = [];
  let at = 0;
  for (const match of text.matchAll(MARKED)) {
    const [all, code, strong, em = ''] = match;
    if (match.index > at) spans.push({ is: 'text', text: text.slice(at, match.index) });
    spans.push(
      code === undefined
        ? strong === undefined
          ? { is: 'em', text: em }
          : { is: 'strong', text: strong }
        : { is: 'code', text: code },
    );
    at = match.index + all.length;
  }
  if (at < text.length) spans.push({ is: 'text', text: text.slice(at) });
  return spans;
}
