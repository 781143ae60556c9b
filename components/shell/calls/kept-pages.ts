import { PageCopies } from './page-copies.ts';
import { dropRouterCopies, pageCame, readPageAgain } from './page-reading.ts';
import { notifyTabsOfChange } from './session-channel.ts';

/** Whether the pages that the router keeps for Back and Forward are older than a change. */
let outdated = false;
let reviews = 0;
let traversed = false;
/** The address of a link that was followed, until its page is shown. */
let followed: string | undefined;

/**
 * The pages a tab keeps, after a change. The page with the review or the receipt stays as it is: its subject may be gone, and with
 * a new reading the receipt would go, too. Every other page is read again: where Back or Forward shows it, or another tab, or a link.
 */
export const keptPages = {
  /** What a link may show without asking. */
  copies: new PageCopies(),
  /** A change has ended in this tab; its other tabs hear of it. */
  outdate(actor: string): void {
    outdated = true;
    keptPages.copies.outdated = true;
    notifyTabsOfChange(actor);
  },
  /** A change has ended in another tab. */
  outdatedElsewhere(): void {
    keptPages.copies.outdated = true;
    if (reviews > 0 || document.visibilityState === 'hidden') outdated = true;
    else keptPages.refresh();
  },
  /** Reads the page again, and forgets every page that was kept. */
  refresh(): void {
    outdated = false;
    keptPages.copies.drop();
    readPageAgain();
  },
  /** A link is followed. After a change the router gives up its copies first; the page that is left is not read again. */
  follow(address: string): void {
    followed = address;
    if (!keptPages.copies.outdated) return;
    keptPages.copies.drop();
    dropRouterCopies();
  },
  /** The browser went Back or Forward; the page is shown next. */
  traverse(): void {
    traversed = true;
  },
  /** Another page is shown: one that was kept may be older than a change, a copy older than it may be. */
  arrive(address: string, now = Date.now()): void {
    const old = keptPages.copies.shown(address, now);
    if ((traversed && outdated) || (followed === address && old)) keptPages.refresh();
    traversed = false;
    followed = undefined;
    pageCame();
  },
  /** The tab is looked at again. */
  show(): void {
    if (outdated && reviews === 0) keptPages.refresh();
  },
  /** A review or receipt is on the page until the returned function is called. */
  hold(): () => void {
    reviews += 1;
    return () => void (reviews -= 1);
  },
};
