/** What is shown as link text: `1~w*compute*container*study*s*b*~1~`, with a comparison’s id after the last star where only that one is shown. */
import { configAfter } from '../../src/sim/overheads/model.ts';
import { RUNNERS, WORKS, type Action, type Config, type Runner, type Work } from '../../src/sim/overheads/types.ts';
import { configCodec, wordsFor } from '../kit/codec.ts';

// Links outlive the code: a word keeps its meaning for ever. Kinds of work and runners are written by their ids.
const view = wordsFor<Config['view']>({ 'by-work': 'w', 'by-runner': 'r' });
const read = wordsFor<Config['read']>({ speed: 's', time: 't' });
const side = wordsFor<Config['side']>({ both: 'b', log: 'l', table: 'p' });

function readConfig(text: string): Config | null {
  const [viewWord, work, runner, against, readWord, sideWord, only, ...rest] = text.split('*');
  const [v, r, s] = [view.read(viewWord), read.read(readWord), side.read(sideWord)];
  const isRunner = (id: string | undefined): id is Runner => RUNNERS.includes(id as Runner);
  if (v === undefined || r === undefined || s === undefined || only === undefined || rest.length > 0) return null;
  if (!WORKS.includes(work as Work) || !isRunner(runner) || !(against === 'study' || isRunner(against))) return null;
  return { view: v, work: work as Work, runner, against, read: r, side: s, only };
}

export const codec = configCodec<Config, Action>({
  version: 1,
  config: (config) => [view.write(config.view), config.work, config.runner, config.against, read.write(config.read), side.write(config.side), config.only].join('*'),
  readConfig,
  settle: ({ config, actions }) => actions.reduce(configAfter, config),
});
