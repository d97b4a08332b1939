/** Links to a playground's state: recipes in the page's address. It reads and writes text; what a recipe means is the codec's. */
import type { FactBase, Recipe } from '../../src/sim/index.ts';
import { upTo } from '../../src/sim/run.ts';
import type { Codec } from './playground.ts';
import type { Session } from './Runs.ts';

/** Between the two recipes of a link that holds a comparison. */
const AND = '!';

/** The page's address with the runs of one playground in it. */
export async function linkTo<C, S, A, F extends FactBase>(instance: string, { runs, onDemand }: Session<C, S, A, F>): Promise<string> {
  const { codec } = await onDemand();
  const url = new URL(location.href);
  url.search = '';
  url.searchParams.set(instance, runs.map(({ recipe, cursor }) => codec.encode(upTo(recipe, cursor))).join(AND));
  url.hash = instance;
  return url.href;
}

/** What a playground can open with. */
interface Opening<C, A> {
  readonly instance: string;
  /** What it starts with where the address asks for nothing. */
  readonly recipes: readonly Recipe<C, A>[];
  /** Throws for a recipe that the model does not allow. */
  readonly play: (recipe: Recipe<C, A>) => unknown;
}

/** What the page's address asks for, one recipe or two, and whether all of it could be read. Of two the intact one is kept. */
export function openedBy<C, A>({ instance, recipes, play }: Opening<C, A>, codec: Codec<C, A>): readonly [recipes: readonly Recipe<C, A>[], link: 'read' | 'damaged'] {
  const texts = linkText(instance)?.split(AND);
  if (texts === undefined) return [recipes, 'read'];
  const intact = texts.length > 2 ? [] : texts.flatMap((text) => playable(codec.decode(text), play));
  return [intact.length > 0 ? intact : recipes, intact.length === texts.length ? 'read' : 'damaged'];
}

function playable<C, A>(recipe: Recipe<C, A> | null, play: Opening<C, A>['play']): readonly Recipe<C, A>[] {
  try {
    if (recipe === null) return [];
    play(recipe);
    return [recipe];
  } catch {
    // Well formed text that asks for something that the model does not allow.
    return [];
  }
}

/** The text of a link to a playground. The only one of its kind on a page answers to any number, so links work on other pages too. */
function linkText(instance: string): string | undefined {
  const params = new URLSearchParams(location.search);
  const kind = instance.replace(/\d+$/, '');
  const isAlone = document.querySelectorAll(`.pg[id^=${kind}]`).length === 1;
  const key = isAlone ? [...params.keys()].find((each) => each.startsWith(kind)) : instance;
  return params.get(key ?? instance) ?? undefined;
}

/** Puts the link into the address bar, and tells the reader for a while where it is: on the clipboard too, unless `copied` is rejected. */
export async function tellLink(instance: string, address: Promise<string>, copied: Promise<unknown>): Promise<void> {
  const isCopied = copied.then(() => true, () => false);
  history.replaceState(history.state, '', await address);
  const told = tell(instance, (await isCopied) ? 'Link copied' : 'The link is in the address bar');
  setTimeout(() => told.remove(), 4000);
}

/** Tells the reader, beside the buttons of a playground, what came of pressing one, in place of what was told before. */
export function tell(instance: string, text: string): Text {
  const told = new Text(text);
  document.getElementById(instance)?.querySelector('.pg-told')?.replaceChildren(told);
  return told;
}
