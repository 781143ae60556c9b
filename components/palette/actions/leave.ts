import { markedFile } from '#components/session/request/mark-requests.ts';

/** Goes to a page as a click on a link does, so that a form with unsaved input can ask first. */
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

/** Downloads a file of the console. When there is none, a new window says why. */
export function saveFile(href: string): void {
  const link = document.createElement('a');
  link.href = markedFile(href);
  link.target = '_blank';
  link.click();
}
