import { describe, expect, it } from 'vitest';
import { nextKnown, type KnownActive } from './known-active.ts';

const [before, changed, undone, later] = ['10:00:00', '10:00:05', '10:00:09', '10:00:30'];

/** What stands on the switch as pages come in, each read at some time. */
function shownBy(known: KnownActive, pages: readonly { active: boolean; updatedAt: string }[]): boolean[] {
  let now: KnownActive | null = known;
  return pages.map((page) => {
    now = now && nextKnown(now, page);
    return now?.active ?? page.active;
  });
}

describe('nextKnown', () => {
  it('shows what the switch made until the page has it, and what the page says then', () => {
    const made = { active: false, since: before, undone: false };
    const pages = [
      { active: true, updatedAt: before },
      { active: false, updatedAt: changed },
      { active: true, updatedAt: later },
    ];
    expect(shownBy(made, pages)).toEqual([false, false, true]);
  });

  it('shows what an undo restored while the instance is late, though the page still has the change', () => {
    const back = { active: true, since: changed, undone: true };
    const pages = [
      { active: false, updatedAt: changed },
      { active: true, updatedAt: undone },
      { active: false, updatedAt: later },
    ];
    expect(shownBy(back, pages)).toEqual([true, true, false]);
  });

  it('does not believe a page that was read between change and undo and comes after both', () => {
    const back = { active: true, since: before, undone: true };
    const pages = [
      { active: false, updatedAt: changed },
      { active: true, updatedAt: undone },
      { active: false, updatedAt: later },
    ];
    expect(shownBy(back, pages)).toEqual([true, true, false]);
  });

  it('does not hold against others: whatever is changed later is believed', () => {
    const back = { active: true, since: before, undone: true };
    const pages = [
      { active: false, updatedAt: changed },
      { active: false, updatedAt: later },
    ];
    expect(shownBy(back, pages)).toEqual([true, false]);
  });
});
