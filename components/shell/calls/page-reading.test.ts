import { beforeEach, describe, expect, test, vi } from 'vitest';
import {
  followAddress,
  pageCame,
  pageComes,
  pageIsRead,
  readBy,
  readPageAgain,
  replaceAddress,
} from './page-reading.ts';

const refresh = vi.fn<() => void>();
const replaceState = vi.fn<(state: null, title: string, address: string) => void>();

beforeEach(() => {
  vi.stubGlobal('location', { href: 'http://console/persons?q=an' });
  vi.stubGlobal('history', { replaceState });
  readBy(refresh);
  pageCame();
  pageIsRead();
  vi.clearAllMocks();
});

describe('replaceAddress', () => {
  test('a page that is being read again after a change is read once more, since the router forgot', () => {
    readPageAgain();
    replaceAddress('/persons');
    expect(refresh).toHaveBeenCalledTimes(2);
  });

  test('a page that has been read is not read again', () => {
    readPageAgain();
    pageIsRead();
    replaceAddress('/persons');
    expect(refresh).toHaveBeenCalledOnce();
  });
});

describe('followAddress', () => {
  test('the address follows what is typed', () => {
    followAddress('/persons?q=ana');
    expect(replaceState).toHaveBeenCalledWith(null, '', '/persons?q=ana');
  });

  test('the address stays where another page is on its way, so that the click is not lost', () => {
    pageComes('/keys');
    followAddress('/persons?q=ana');
    expect(replaceState).not.toHaveBeenCalled();
    pageCame();
    followAddress('/persons?q=ana');
    expect(replaceState).toHaveBeenCalledOnce();
  });

  test('the address follows once a page that is being read again was read, and only the last one', () => {
    readPageAgain();
    followAddress('/persons?q=ana');
    followAddress('/persons?q=anab');
    expect(replaceState).not.toHaveBeenCalled();
    pageIsRead();
    expect(replaceState.mock.calls).toEqual([[null, '', '/persons?q=anab']]);
    expect(refresh).toHaveBeenCalledOnce();
    readPageAgain();
    followAddress('/persons?q=anabe');
    pageComes('/keys');
    pageIsRead();
    expect(replaceState).toHaveBeenCalledOnce();
  });

  test('a page that led back here, or that never came, does not hold the address for ever', () => {
    pageComes('http://console/persons?q=an');
    followAddress('/persons?q=ana');
    expect(replaceState).toHaveBeenCalledOnce();
    pageComes('/gone', Date.now() - 60_000);
    followAddress('/persons?q=anab');
    expect(replaceState).toHaveBeenCalledTimes(2);
  });

  test('a dialog that somebody opens wins over a page that is on its way', () => {
    pageComes('/keys');
    replaceAddress('/persons?delete=p1');
    expect(replaceState).toHaveBeenCalledOnce();
  });
});
