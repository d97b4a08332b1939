/** How many steps a second each playground's model takes, on a walk through legal actions that is the same every time. */
import { Bench } from 'tinybench';
import { catalog } from '../../components/catalog.ts';
import { figuresFor } from '../../src/facts/index.ts';
import { known } from '../../src/known/index.ts';
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
  return tasks.map((task) => {
    if (task.result.state !== 'completed') throw new Error(`${task.name} did not run to its end.`);
    return { group: 'Models', name: `${task.name}, ${steps.get(task.name)} steps`, value: task.result.throughput.mean * (steps.get(task.name) ?? 0), unit: 'steps/s' };
  });
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
