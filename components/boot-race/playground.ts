/** BootRace's entry in the catalog. */
import { race, SCENES, type Action, type Config, type Fact, type State } from '../../src/sim/race/index.ts';
import type { Playground } from '../kit/playground.ts';
import { codec } from './codec.ts';
import { bootRaceProps, type BootRaceProps } from './props.ts';
import { tableOf } from './view.ts';

export const bootRace: Playground<BootRaceProps, Config, State, Action, Fact> = {
  name: 'BootRace',
  question: 'Are virtual machines slow to start?',
  props: bootRaceProps,
  figures: [],
  model: (_, { boot }) => race(boot),
  recipe: ({ scene, machine, count, atOnce, afterReady, at, seed }) => {
    const { to } = SCENES[scene];
    const config = { ...to, machine: machine ?? to.machine, count: count ?? to.count, atOnce: atOnce ?? to.atOnce, afterReady: afterReady ?? to.afterReady, bet: null, frame: at };
    return { config, seed, actions: [] };
  },
  codec,
  table: tableOf,
};
