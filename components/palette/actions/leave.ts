import { markedFile } from '#components/session/request/mark-requests.ts';

/**
 * Goes to a page as a link does: whatever asks before a page with something on it is left hears a click, and may refuse.
 */
export function leaveFor(href: string, push: (href: string) => void): void {
  const link = document.createElement('a');
  link.href = href;
  link.hidden = true;
  link.addEventListener('click', (event) => {
    event.preventDefault();
    push(href);
  });
  document.body.append(link);
  link.click();
  link.remove();
}

/** Saves a file the console makes. Where there is none, a window of its own says why. */
export function saveFile(href: string): void {
  const link = document.createElement('a');
  link.href = markedFile(href);
  link.target = '_blank';
  link.click();
}
