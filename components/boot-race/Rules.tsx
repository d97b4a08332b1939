/** Machine, lanes and rules of the reader's own. It offers nothing that the model would refuse. */
import { MOST_SIDE_BY_SIDE, type Arrangement, type Choice as Lane, type State } from '../../src/sim/race/types.ts';
import type { Interval } from '../../src/sim/boot-race/intervals.ts';
import { Button } from '../kit/Button.tsx';
import { Choice } from '../kit/Choice.tsx';
import type { Names } from './Bar.tsx';
import { laneFor } from './lane-for.ts';

export interface RulesProps extends Pick<Names, 'technologies' | 'clocks' | 'machines'> {
  readonly config: State['config'];
  readonly can: State['can'];
  readonly ready: boolean;
  readonly arrange: (to: Partial<Arrangement>) => void;
}

/** What every machine allows. */
const PLAIN = { whenFull: 'refuse', image: 'cached' } as const;

export function Rules({ config, can, ready, arrange, technologies, clocks, machines }: RulesProps) {
  return (
    <div>
      <label class="br-choice">Machine <Choice names={machines} value={config.machine} disabled={!ready} onChoose={(machine) => arrange({ machine, ...PLAIN })} /></label>
      {config.lanes.map((lane, i) => <LaneChoice lane={lane} index={i} lanes={config.lanes} ready={ready} clocks={clocks} technologies={technologies} change={(lanes) => arrange({ lanes, image: 'cached' })} />)}
      {config.lanes.length < MOST_SIDE_BY_SIDE && <Button ready={ready} onPress={() => arrange({ lanes: [...config.lanes, laneFor('chv', config.lanes, clocks)], image: 'cached' })}>Add a lane</Button>}
      <label>On their way at once <Choice names={pacesWith(config.atOnce)} value={` ${config.atOnce}`} disabled={!ready} onChoose={(pace) => arrange({ atOnce: Number(pace) })} /></label>
      <label>When ready, they <Choice names={{ stay: 'stay and keep their memory', exit: 'end, as in a benchmark' }} value={config.afterReady} disabled={!ready} onChoose={(afterReady) => arrange({ afterReady })} /></label>
      {can.swap && <label>When memory ends <Choice names={{ refuse: 'refuse the start', swap: 'write memory to disk' }} value={config.whenFull} disabled={!ready} onChoose={(whenFull) => arrange({ whenFull })} /></label>}
      {can.read && <label>The image lies <Choice names={{ cached: 'in the page cache', 'on-disk': 'on the disk' }} value={config.image as 'cached' | 'on-disk'} disabled={!ready} onChoose={(image) => arrange({ image })} /></label>}
    </div>
  );
}

/** How many may be on their way at once; 0 is all. Keys begin with a space, so that a record keeps their order. */
function pacesWith(own: number): Record<string, string> {
  const paces = [...new Set([0, 1, 4, 10, 50, 100, own])].sort((a, b) => a - b);
  return Object.fromEntries(paces.map((pace) => [` ${pace}`, pace === 0 ? 'all' : String(pace)]));
}

interface LaneChoiceProps extends Pick<Names, 'technologies' | 'clocks'> {
  readonly lane: Lane;
  readonly index: number;
  readonly lanes: readonly Lane[];
  readonly ready: boolean;
  readonly change: (lanes: readonly Lane[]) => void;
}

function LaneChoice({ lane, index, lanes, ready, technologies, clocks, change }: LaneChoiceProps) {
  const put = (next: Lane) => change(lanes.map((each, i) => (i === index ? next : each)));
  const others = lanes.filter((_, i) => i !== index);
  const own = clocks[lane.technology] ?? [];
  // The button may go with its lane; the choice of the first lane never does.
  const remove = () => {
    document.activeElement?.closest('.br-choice')?.parentElement?.querySelector<HTMLElement>('[role=group] select')?.focus();
    change(others);
  };
  return (
    <div class="br-choice" role="group" aria-label={`Lane ${index + 1}`}>
      <label>Lane {index + 1} <Choice names={technologies} value={lane.technology} disabled={!ready} onChoose={(id) => put(laneFor(id, others, clocks))} /></label>
      {own.length > 1 && <label>by its clock <Choice names={Object.fromEntries(own.map((id) => [id, id.replaceAll('-', ' ')])) as Record<Interval, string>} value={lane.interval} disabled={!ready} onChoose={(interval) => put({ ...lane, interval })} /></label>}
      {lanes.length > 1 && <Button ready={ready} onPress={remove}>Remove<span class="sr-only"> lane {index + 1}</span></Button>}
    </div>
  );
}
