// @vitest-environment jsdom
/** The row of BootRace that shows what the reader’s own tab has measured. */
import { render } from 'preact';
import { act } from 'preact/test-utils';
import { afterEach, describe, expect, test } from 'vitest';
import { YourTab } from '../../components/boot-race/YourTab.tsx';
import { KEPT_KEY, keptText } from '../../src/sim/linux-lab/kept.ts';

const root = document.createElement('div');
const show = async (text: string | null) => {
  if (text !== null) localStorage.setItem(KEPT_KEY, text);
  await act(() => render(<YourTab base="/" />, root));
  return root.textContent ?? '';
};

afterEach(() => {
  render(null, root);
  localStorage.clear();
});

describe('your tab', () => {
  test('shows what was kept, with its day, as emulation', async () => {
    const said = await show(keptText({ date: '2026-11-22', results: { boot: { boot: 1380, kernel: '6.1.192-lab' }, start: { start: 52.7, ratio: 26.2 } } }));
    expect(root.querySelector('.br-title')?.children).toHaveLength(1);
    expect(said).toContain('1.38 s');
    expect(said).toContain('52.7 ms');
    expect(said).toContain('The boot took 26 times as long.');
    expect(root.querySelector('.br-own')?.textContent).toBe('01.38 s');
    expect(said).toContain('Kept on 2026-11-22. An emulated processor is slower');
    expect(root.querySelector('a')?.getAttribute('href')).toBe('/playgrounds/LinuxLab/');
  });

  test.each([[null], ['{"version":1'], ['<img src=x onerror=alert(1)>'], [keptText({ date: '2026-11-22', results: { uname: { host: '6.1' } } })]])('invites where nothing of it was kept: %s', async (text) => {
    expect(await show(text)).toContain('Boot a real Linux in your tab');
    expect(root.querySelector('img, li')).toBeNull();
  });
});
