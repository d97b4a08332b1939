/** Links to a playground's state: recipes in the page's address. It reads and writes text; what a recipe means is the codec's. */
import type { Recipe } from '../../src/sim/index.ts';
import type { Codec } from './playground.ts';

/** Between the two recipes of a link that holds a comparison. */
const AND = '!';

/** The page's address with the recipes of one playground in it. */
export function linkTo<C, A>(instance: string, codec: Codec<C, A>, recipes: readonly Recipe<C, A>[]): string {
  const url = new URL(location.href);
  url.search = '';
  url.searchParams.set(instance, recipes.map((recipe) => codec.encode(recipe)).join(AND));
  url.hash = instance;
  return url.href;
}

/** One or two recipes from the page's address. Throws when the text there is damaged. */
export function recipesIn<C, A>(instance: string, codec: Codec<C, A>): readonly Recipe<C, A>[] {
  const texts = (new URLSearchParams(location.search).get(instance) ?? '').split(AND);
  return texts.map((text) => {
    const recipe = texts.length > 2 ? null : codec.decode(text);
    if (recipe === null) throw new Error('The link is damaged.');
    return recipe;
  });
}
