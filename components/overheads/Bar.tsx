/** What is asked: of a kind of work or of a runner, against which base, as speed or as time. */
import { WORKS, type Config, type Work } from '../../src/sim/overheads/types.ts';
import { WORK_NAMES } from '../../src/sim/overheads/names.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import type { OverheadsSession } from './Overheads.tsx';

interface Props {
  readonly session: OverheadsSession;
  readonly turn: (to: Partial<Config>) => void;
}

const WORK_CHOICES = Object.fromEntries(WORKS.map((work) => [work, WORK_NAMES[work]])) as Record<Work, string>;

export function Bar({ session, turn }: Props) {
  const { ready, runs, run, active } = session;
  const { config, choices, measured, slowest } = run.state;
  const { view, only } = config;
  const against = Object.hasOwn(choices.against, config.against) ? config.against : 'study';
  return (
    <div class="ov-bar-row">
      {runs.length > 1 && <span class="seg" role="group" aria-label="Side to change">{runs.map((_, i) => <Button ready={ready} aria-pressed={i === active} onPress={() => session.activate(i)}>{i === 0 ? 'First' : 'Second'}</Button>)}</span>}
      <span class="seg" role="group" aria-label="What is asked">
        <Button ready={ready} aria-pressed={view === 'by-work'} onPress={() => turn({ view: 'by-work' })}>Who is slow at this?</Button>
        <Button ready={ready} aria-pressed={view === 'by-runner'} onPress={() => turn(view === 'by-runner' || slowest === undefined ? { view: 'by-runner' } : { view: 'by-runner', runner: slowest })}>What is this slow at?</Button>
      </span>
      {view === 'by-work'
        ? <label>Work <Choice names={only === '' ? WORK_CHOICES : { ...WORK_CHOICES, [only]: measured[only]?.title ?? only } as Record<Work, string>} value={only === '' ? config.work : only as Work} disabled={!ready} onChoose={(work) => turn({ work })} /></label>
        : <label>Runner <Choice names={choices.runners as Record<Config['runner'], string>} value={config.runner} disabled={!ready} onChoose={(runner) => turn({ runner })} /></label>}
      <label>Base <Choice names={choices.against as Record<Config['against'], string>} value={against} disabled={!ready} onChoose={(base) => turn({ against: base })} /></label>
      <label>Read as <Choice names={{ speed: 'speed', time: 'time' }} value={config.read} disabled={!ready} onChoose={(read) => turn({ read })} /></label>
    </div>
  );
}
