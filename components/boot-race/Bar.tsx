/** What is raced: a ready race, or numbers, machine and lanes of the reader's own. */
import type { Interval } from '../../src/sim/boot-race/intervals.ts';
import type { Scene } from '../../src/sim/race/scenes.ts';
import type { Arrangement } from '../../src/sim/race/types.ts';
import { act } from '../../src/sim/run.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import type { RaceSession } from './BootRace.tsx';
import { OnOpen } from './OnOpen.tsx';

export interface Names {
  /** Ready races by id. */
  readonly scenes: Readonly<Record<string, Scene>>;
  readonly machines: Readonly<Record<string, string>>;
  readonly technologies: Readonly<Record<string, string>>;
  /** The intervals over which each technology was measured. */
  readonly clocks: Readonly<Record<string, readonly Interval[]>>;
}

interface Props extends Names {
  readonly session: RaceSession;
}

const OWN = 'own';
/** What the model is measured with. */
const MOST = 10_000;

export function Bar({ session, ...names }: Props) {
  const { ready, runs, run, active } = session;
  const { config, can, scene } = run.state;
  // Beside a race that was started, another one is shown at the same instant: an empty one is no comparison.
  const instant = Math.max(0, ...runs.filter((_, i) => i !== active).map(({ state }) => state.config.frame));
  const arrange = (to: Partial<Arrangement>) => session.each((each, i) => {
    if (i !== active) return each;
    const arranged = act(each, { type: 'arrange', to });
    return instant === 0 ? arranged : act(arranged, { type: 'show', frame: instant });
  });
  const titles = { ...(scene ? {} : { [OWN]: 'Your own' }), ...titled(names.scenes) };
  return (
    <div class="br-bar">
      {runs.length > 1 && <span class="seg" role="group" aria-label="Race to change">{runs.map((_, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => session.activate(i)}>{i === 0 ? 'First' : 'Second'}</Button>)}</span>}
      <label>Race <Choice names={titles} value={scene ?? OWN} disabled={!ready} onChoose={(id) => {
        const chosen = names.scenes[id];
        if (chosen) arrange(chosen.to);
      }} /></label>
      <label>Of each <input type="number" min={1} max={MOST} value={config.count} disabled={!ready} onChange={({ currentTarget: field }) => {
        // Within its bounds, whatever is typed.
        const count = Math.min(MOST, Math.max(1, Math.round(+field.value) || 1));
        field.value = String(count);
        if (count !== config.count) arrange({ count });
      }} /></label>
      {/* Few readers arrange lanes of their own: what it takes is loaded when one does. */}
      <OnOpen class="br-more" title="Machine, lanes and rules" load={() => import('./Rules.tsx')}>
        {({ Rules }) => <Rules config={config} can={can} ready={ready} arrange={arrange} {...names} />}
      </OnOpen>
    </div>
  );
}

function titled(scenes: Names['scenes']): Record<string, string> {
  return Object.fromEntries(Object.entries(scenes).map(([id, { title }]) => [id, title]));
}
