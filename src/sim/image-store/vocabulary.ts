/** Refuses what no control and no link of the page can ask for, but a claim's author or a test may. A page need not carry it. */
import { SimError } from '../errors.ts';
import { DOCKERFILES } from './apps.ts';
import { releasesOf } from './transfer.ts';
import { PRUNES, STORES, type Action, type Composition, type Config } from './types.ts';

/** Throws SimError for a store, an image or a Dockerfile that the model does not know. */
export function checkConfig(all: readonly Composition[], { store, images, dockerfiles }: Config): void {
  check('kind of store', store, STORES);
  const known = [...new Set(all.map(({ reference }) => reference))].filter((reference) => releasesOf(all, reference).length > 0);
  images.forEach((image) => check('image', image, known));
  dockerfiles.forEach((dockerfile) => check('Dockerfile', dockerfile, Object.keys(DOCKERFILES)));
}

/** Throws SimError for an action that the model does not know. */
export function checkAction(action: Action, types: readonly string[]): void {
  check('action', action.type, types);
  if (action.type === 'prune') check('kind of thing to prune', action.what, PRUNES);
  if (action.type === 'clone') check('kind of clone', action.format, ['copy', 'linked']);
}

function check(what: string, id: string, known: readonly string[]): void {
  if (!known.includes(id)) throw new SimError(`There is no ${what} “${id}”. Choose one of ${known.join(', ')}.`);
}
