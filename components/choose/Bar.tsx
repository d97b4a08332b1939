/** What the work is, what machine there is, and what must hold. It offers settings and knows no rules. */
import { act } from '../../src/sim/run.ts';
import type { Action, Config } from '../../src/sim/choosing/types.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import type { ChooseSession } from './Choose.tsx';

/** What can be chosen, by id: words that the build gives along, since the script need not. */
export interface Names {
  /** Ready works. */
  readonly presets: Readonly<Record<string, string>>;
  readonly choices: {
    readonly code: Readonly<Record<Config['code'], string>>;
    readonly starts: Readonly<Record<Config['starts'], string>>;
    readonly work: Readonly<Record<Config['work'], string>>;
    readonly needs: Readonly<Record<Config['needs'], string>>;
    readonly wall: Readonly<Record<Config['wall'], string>>;
  };
}

interface Props extends Names {
  readonly session: ChooseSession;
}

const OWN = 'own';
const MOST = 10_000;

export function Bar({ session, presets, choices }: Props) {
  const { ready, runs, run, active } = session;
  const { config, preset, near } = run.state;
  const take = (action: Action) => session.each((each, i) => (i === active ? act(each, action) : each));
  const set = (to: Partial<Config>) => take({ type: 'set', to });
  const many = (values: readonly number[], own: number, text: (value: number) => string) => Object.fromEntries([...values, own].map((value) => [value, text(value)])) as Record<string, string>;
  return (
    <div class="ch-bar">
      {runs.length > 1 && <span class="seg" role="group" aria-label="Work to change">{runs.map((_, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => session.activate(i)}>{i === 0 ? 'First' : 'Second'}</Button>)}</span>}
      <label>Work <Choice<string> names={{ ...(preset ? {} : { [OWN]: near ? `${presets[near]}, changed` : 'your own' }), ...presets } as Record<string, string>} value={preset ?? OWN} disabled={!ready} onChoose={(id) => id !== OWN && take({ type: 'take', preset: id as NonNullable<typeof preset> })} /></label>
      <label>Whose code <Choice names={choices.code} value={config.code} disabled={!ready} onChoose={(code) => set({ code })} /></label>
      <label>At once <input type="number" min={1} max={MOST} value={config.count} disabled={!ready} onChange={({ currentTarget: field }) => {
        // Within its bounds, whatever is typed.
        const count = Math.min(MOST, Math.max(1, Math.round(+field.value) || 1));
        field.value = String(count);
        if (count !== config.count) set({ count });
      }} /></label>
      <details class="ch-more">
        <summary>More settings</summary>
        <div>
          <label>Started <Choice names={choices.starts} value={config.starts} disabled={!ready} onChoose={(starts) => set({ starts })} /></label>
          <label>Mostly <Choice names={choices.work} value={config.work} disabled={!ready} onChoose={(work) => set({ work })} /></label>
          <label>Needs <Choice names={choices.needs} value={config.needs} disabled={!ready} onChoose={(needs) => set({ needs })} /></label>
          <label>Cores <Choice names={many([2, 4, 8, 16, 48, 96], config.cores, String)} value={String(config.cores)} disabled={!ready} onChoose={(cores) => set({ cores: +cores })} /></label>
          <label>Memory <Choice names={many([4, 16, 32, 64, 128, 384, 1024], config.memoryGib, (gib) => `${gib} GiB`)} value={String(config.memoryGib)} disabled={!ready} onChoose={(gib) => set({ memoryGib: +gib })} /></label>
          <label class="ch-check"><input type="checkbox" checked={config.kvm} disabled={!ready} onChange={() => set({ kvm: !config.kvm })} /> <span>The machine has hardware virtualization to give</span></label>
          <label class="ch-check"><input type="checkbox" checked={config.rebuild} disabled={!ready} onChange={() => set({ rebuild: !config.rebuild })} /> <span>The program can be rebuilt as a unikernel</span></label>
        </div>
      </details>
      <details class="ch-more">
        <summary>What must hold</summary>
        <div>
          <label>Wall <Choice names={choices.wall} value={config.wall} disabled={!ready} onChoose={(wall) => set({ wall })} /></label>
          <label>Start <Choice names={many([0, 10, 100, 200, 1000, 10_000], config.startWithinMs, (ms) => (ms === 0 ? 'not asked' : `within ${ms} ms`))} value={String(config.startWithinMs)} disabled={!ready} onChoose={(ms) => set({ startWithinMs: +ms })} /></label>
          <label>Loss of speed <Choice names={many([5, 10, 25, 50, 100], config.slowdown, (percent) => (percent === 100 ? 'not asked' : `at most ${percent} %`))} value={String(config.slowdown)} disabled={!ready} onChoose={(percent) => set({ slowdown: +percent })} /></label>
          <label class="ch-check"><input type="checkbox" checked={config.fits} disabled={!ready} onChange={() => set({ fits: !config.fits })} /> <span>What the wall adds fits into memory</span></label>
        </div>
      </details>
    </div>
  );
}
