/** Letters of the end that stay in sight. */
const TAIL = 8;

/**
 * An id, number or address in one line, cut in its middle where there is no room. The text stands whole in the page, so that it is
 * found and copied whole; the cut one is drawn over it (`.middle` of `app/styles/lists.css`).
 */
export function Middle({ text, mono = false }: { text: string; mono?: boolean }) {
  const tail = text.length > TAIL * 1.5 ? text.slice(-TAIL) : '';
  return (
    <span className={mono ? 'middle font-mono text-xs leading-[20px]' : 'middle'} data-cut={tail ? '' : undefined}>
      <span className="middle-whole">{text}</span>
      <span aria-hidden className="middle-cut" data-head={text.slice(0, text.length - tail.length)} data-tail={tail} />
    </span>
  );
}
