/** An email or a handle, whole: it gets a line of its own before it is broken, and breaks before its server, elsewhere only where that is too long. */
export function AddressText({ text, mono = false }: { text: string; mono?: boolean }) {
  const at = Math.max(0, text.indexOf('@'));
  return (
    <bdi className={`inline-block max-w-full break-words ${mono ? 'font-mono text-xs' : ''}`}>
      {text.slice(0, at)}
      {at > 0 ? <wbr /> : null}
      {text.slice(at)}
    </bdi>
  );
}
