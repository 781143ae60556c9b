/** An email or a handle, whole: where it has no room in one line it breaks before its server, and elsewhere only where that is too long. */
export function AddressText({ text, mono = false }: { text: string; mono?: boolean }) {
  const at = Math.max(0, text.indexOf('@'));
  return (
    <bdi className={`break-words ${mono ? 'font-mono text-xs' : ''}`}>
      {text.slice(0, at)}
      {at > 0 ? <wbr /> : null}
      {text.slice(at)}
    </bdi>
  );
}
