/** Refuses what no control and no link of the page can ask for, but a claim's author or a test may. A page need not carry it. */
import { SimError } from '../errors.ts';
import { MOST_APPS, PLACEMENT_IDS, PROGRAMS, type Action, type Config } from './model.ts';

/** Throws SimError for a program or a placement that the model does not know, and for a number that is none of apps. */
export function checkConfig({ app, start }: Config): void {
  if (!PROGRAMS.includes(app)) throw new SimError(`There is no app "${app}".`);
  Object.entries(start).forEach(([placement, many]) => {
    checkPlacement(placement);
    if (!Number.isInteger(many) || many < 0 || many > MOST_APPS) throw new SimError(`A number of apps is 0 to ${MOST_APPS}, not ${many}.`);
  });
}

/** Throws SimError for a placement that the model does not know. */
export function checkAction(action: Action): void {
  if ('placement' in action) checkPlacement(action.placement);
}

function checkPlacement(placement: string): void {
  if (!(PLACEMENT_IDS as readonly string[]).includes(placement)) throw new SimError(`There is no placement "${placement}".`);
}
