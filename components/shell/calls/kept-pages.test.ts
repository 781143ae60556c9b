import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keptPages } from './kept-pages.ts';
import { readBy } from './page-reading.ts';
import { onChangeElsewhere, onSessionChange } from './session-channel.ts';

const refresh = vi.fn<() => void>();
const seen = (visibilityState: 'visible' | 'hidden') => vi.stubGlobal('document', { visibilityState });

beforeEach(() => {
  seen('visible');
  readBy(refresh);
  keptPages.refresh();
  keptPages.arrive('/keys');
  refresh.mockClear();
});

describe('keptPages', () => {
  test('a page that Back shows after a change is read again, once', () => {
    keptPages.outdate('ana');
    expect(refresh).not.toHaveBeenCalled();
    keptPages.traverse();
    keptPages.arrive('/keys');
    expect(refresh).toHaveBeenCalledOnce();
    keptPages.traverse();
    keptPages.arrive('/keys');
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a link’s page is read by the link; the pages before it stay outdated', () => {
    keptPages.outdate('ana');
    keptPages.arrive('/keys');
    expect(refresh).not.toHaveBeenCalled();
    keptPages.traverse();
    keptPages.arrive('/keys');
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('without a change nothing is read', () => {
    keptPages.traverse();
    keptPages.arrive('/keys');
    keptPages.show();
    expect(refresh).not.toHaveBeenCalled();
  });

  test('a change in another tab is read at once where the tab is seen', () => {
    keptPages.outdatedElsewhere();
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a hidden tab reads when it is looked at', () => {
    seen('hidden');
    keptPages.outdatedElsewhere();
    expect(refresh).not.toHaveBeenCalled();
    seen('visible');
    keptPages.show();
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a page that a link shows from a copy is read again, one that the link asked for is not', () => {
    keptPages.copies.drop();
    keptPages.copies.ask('/status', 1000);
    keptPages.follow('/status');
    keptPages.arrive('/status', 1100);
    expect(refresh).not.toHaveBeenCalled();
    keptPages.follow('/status');
    keptPages.arrive('/status', 1200);
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('an address that changes as somebody types is no link', () => {
    keptPages.copies.drop();
    for (const [at, address] of ['/persons', '/persons?q=a', '/persons', '/persons?q=a'].entries())
      keptPages.arrive(address, 1000 + at);
    expect(refresh).not.toHaveBeenCalled();
  });

  test('the first link after a change has the copies given up before it is followed, the next one does not', () => {
    keptPages.outdate('ana');
    keptPages.follow('/status');
    keptPages.arrive('/status');
    keptPages.follow('/account');
    keptPages.arrive('/account');
    expect(refresh).toHaveBeenCalledOnce();
  });

  test('a review or a receipt stays, until it is left', () => {
    const release = keptPages.hold();
    keptPages.outdatedElsewhere();
    keptPages.show();
    expect(refresh).not.toHaveBeenCalled();
    release();
    keptPages.traverse();
    keptPages.arrive('/keys');
    expect(refresh).toHaveBeenCalledOnce();
  });
});

test('sessionChannel: a change is told to the tabs of its actor, and is no change of the session', async () => {
  const [ana, rui, session] = [vi.fn<() => void>(), vi.fn<() => void>(), vi.fn<() => void>()];
  const stops = [onChangeElsewhere('ana', ana), onChangeElsewhere('rui', rui), onSessionChange(session)];
  const other = new BroadcastChannel('omni-session');
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  other.postMessage({ changedBy: 'ana' });
  await expect.poll(() => ana.mock.calls.length).toBe(1);
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a channel has no target
  other.postMessage('changed');
  await expect.poll(() => session.mock.calls.length).toBe(1);
  expect([ana.mock.calls.length, rui.mock.calls.length]).toEqual([1, 0]);
  for (const stop of stops) stop();
  other.close();
});
