/** How many steps a second each playground's model takes, on a walk through legal actions that is the same every time. */
import { Bench } from 'tinybench';
import { catalog } from '../../components/catalog.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
import { BOOT_RACE_DEFAULTS, bootRace, MOST_INSTANCES } from '../../src/sim/boot-race/index.ts';
import { replay, type Recipe } from '../../src/sim/index.ts';
import type { Measured } from './figures.ts';

const LONGEST_WALK = 200;

/** Steps per second by model; `milliseconds` is the time spent on each. */
export async function measureModels(milliseconds: number): Promise<readonly Measured[]> {
  const bench = new Bench({ time: milliseconds });
  const steps = new Map<string, number>();
  for (const [name, playground] of Object.entries(catalog)) {
    const model = playground.model(figuresFor(playground.figures), known());
    const recipe = longWalk(model, playground.recipe(playground.props.parse({ caption: 'Bench.' })));
    steps.set(name, recipe.actions.length);
    bench.add(name, () => void replay(model, recipe));
  }
  const tasks = await bench.run();
  const walks = tasks.map((task) => {
    if (task.result.state !== 'completed') throw new Error(`${task.name} did not run to its end.`);
    return { group: 'Models', name: `${task.name}, ${steps.get(task.name)} steps`, value: task.result.throughput.mean * (steps.get(task.name) ?? 0), unit: 'steps/s' };
  });
  return [...walks, measureRace()];
}

/** The longest race that a reader can run: 10,000 instances of the technology with the most events, played to the end. The fastest of five runs. */
function measureRace(): Measured {
  const model = bootRace(known().boot);
  const config = { ...BOOT_RACE_DEFAULTS, lanes: [{ technology: 'qemu', interval: 'vmm-to-init', count: MOST_INSTANCES }], afterReady: 'exit' } as const;
  const times = Array.from({ length: 5 }, (_, seed) => {
    const began = performance.now();
    model.step(model.init(config, seed), { type: 'finish' });
    return performance.now() - began;
  });
  return { group: 'Models', name: 'boot-race, 10,000 instances', value: Math.min(...times), unit: 'ms', atMost: 100 };
}

/** The recipe followed by legal actions, each time another of those on offer. */
function longWalk(model: ReturnType<(typeof catalog)[string]['model']>, start: Recipe<unknown, unknown>): Recipe<unknown, unknown> {
  let { state } = replay(model, start);
  const actions = [...start.actions];
  for (let i = 0; actions.length < LONGEST_WALK; i += 1) {
    const legal = model.legal(state);
    if (legal.length === 0) break;
    const action: unknown = legal[(i * 7) % legal.length];
    state = model.step(state, action).state;
    actions.push(action);
  }
  return { ...start, actions };
}
