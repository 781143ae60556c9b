import { beforeEach, describe, expect, test, vi } from 'vitest';
import { keepShownAddress, onShownAddress, showAddress, shownAddress, showRoutersAddress } from './shown-address.ts';

/** A browser's history, as far as addresses go. */
class TestHistory {
  state: unknown = { tree: 'a' };
  replaceState(state: unknown, _title: string, address?: string | URL | null): void {
    this.state = state;
    if (address) vi.stubGlobal('location', { href: new URL(address, location.href).href });
  }
  pushState(state: unknown, title: string, address?: string | URL | null): void {
    TestHistory.prototype.replaceState.call(this, state, title, address);
  }
}

beforeEach(() => {
  vi.stubGlobal('location', { href: 'http://console/persons?q=a' });
  vi.stubGlobal('History', TestHistory);
  vi.stubGlobal('history', new TestHistory());
  showRoutersAddress();
  keepShownAddress();
});

describe('showAddress', () => {
  test('the address is shown, and stays where the router writes its own once more', () => {
    showAddress('/persons?q=a&receipt=e1');
    expect(location.href).toBe('http://console/persons?q=a&receipt=e1');
    expect(history.state).toEqual({ tree: 'a' });
    history.replaceState({ tree: 'b' }, '', '/persons?q=a');
    expect([location.href, history.state]).toEqual(['http://console/persons?q=a&receipt=e1', { tree: 'b' }]);
  });

  test('taken back, the router’s own is shown again', () => {
    showAddress('/persons?q=a&receipt=e1');
    showAddress('/persons?q=a');
    history.replaceState({}, '', '/persons?q=a');
    expect(location.href).toBe('http://console/persons?q=a');
  });

  test('another address of the router ends it, and so does the way to another page and back', () => {
    showAddress('/persons?q=a&receipt=e1');
    history.replaceState({}, '', '/persons?q=b');
    history.replaceState({}, '', '/persons?q=a');
    expect(location.href).toBe('http://console/persons?q=a');
    showAddress('/persons?q=a&receipt=e1');
    history.pushState({}, '', '/keys');
    history.pushState({}, '', '/persons?q=a');
    history.replaceState({}, '', '/persons?q=a');
    expect(location.href).toBe('http://console/persons?q=a');
  });

  test('whoever listens hears of it after the router has written, until the way back is taken', async () => {
    const heard: (string | undefined)[] = [];
    const stop = onShownAddress(() => heard.push(shownAddress()?.address));
    showAddress('/persons?q=a&delete=1');
    expect(heard).toEqual([]);
    await Promise.resolve();
    history.replaceState({}, '', '/persons?q=b');
    await Promise.resolve();
    expect(heard).toEqual(['http://console/persons?q=a&delete=1', undefined]);
    stop();
    showAddress('/persons?q=b&delete=1');
    await Promise.resolve();
    expect(heard).toHaveLength(2);
  });

  test('an address that the router has taken over is shown without its receipt', () => {
    history.replaceState({}, '', '/persons?q=a&receipt=e1');
    showAddress('/persons?q=a');
    history.replaceState({}, '', '/persons?q=a&receipt=e1');
    expect(location.href).toBe('http://console/persons?q=a');
  });
});
