/** Building blocks for codecs: a recipe as `version~config~seed~actions~check`, short enough for a link that people send each other. */
import type { Recipe } from '../../src/sim/index.ts';
import type { Codec } from './playground.ts';

/** Longest text that is read at all, and the most actions that a link may replay. */
const LONGEST = 2000;
const MOST_ACTIONS = 400;

/** How one playground writes its own parts. The characters allowed in a part are A–Z a–z 0–9 and `_`, and `-` between fields. */
export interface Parts<Config, Action> {
  readonly version: number;
  config(config: Config): string;
  /** The configuration, or null when the text is not one. */
  readConfig(text: string): Config | null;
  action(action: Action): string;
  readAction(text: string): Action | null;
}

/** The words of a set of ids, both ways. The type demands a word for each, so that no model outgrows its links unnoticed. */
export function wordsFor<Id extends string>(words: Readonly<Record<Id, string>>) {
  const ids = Object.keys(words) as Id[];
  return { ids, write: (id: Id) => words[id], read: (word: string | undefined) => ids.find((id) => words[id] === word) };
}

/** A codec from the parts of a recipe. */
export function recipeCodec<C, A>(parts: Parts<C, A>): Codec<C, A> {
  return {
    encode: ({ config, seed, actions }) =>
      sealed([String(parts.version), parts.config(config), String(seed), packRuns(actions.map((action) => parts.action(action)))].join('~')),
    decode: (text) => decodeWith(parts, text),
  };
}

/** How a playground writes its configuration where a link need not tell how the reader came to it. */
export interface ConfigParts<Config, Action> extends Pick<Parts<Config, Action>, 'version' | 'config' | 'readConfig'> {
  /** The configuration that a run of these actions comes to; its first state is the same as the run's last. */
  settle(recipe: Recipe<Config, Action>): Config;
}

/** A codec that keeps where a run has come to, and not the way: `version~config~seed~~check`. */
export function configCodec<C, A>({ settle, ...parts }: ConfigParts<C, A>): Codec<C, A> {
  const { encode, decode } = recipeCodec<C, A>({ ...parts, action: () => '', readAction: () => null });
  return { encode: (recipe) => encode({ config: settle(recipe), seed: recipe.seed, actions: [] }), decode };
}

function decodeWith<C, A>(parts: Parts<C, A>, text: string): Recipe<C, A> | null {
  if (text.length > LONGEST || !/^[\w.~*-]+$/.test(text)) return null;
  const [version, configText, seedText, actionText, ...rest] = text.split('~');
  if (rest.length !== 1 || text !== sealed(text.slice(0, text.lastIndexOf('~'))) || version !== String(parts.version)) return null;
  if (configText === undefined || seedText === undefined || actionText === undefined || !/^\d{1,10}$/.test(seedText)) return null;
  const config = parts.readConfig(configText);
  const words = unpackRuns(actionText);
  if (config === null || words === null) return null;
  const actions: A[] = [];
  for (const word of words) {
    const action = parts.readAction(word);
    if (action === null) return null;
    actions.push(action);
  }
  return { config, seed: Number(seedText), actions };
}

/** The text with a check at its end, so that a link cut short in a mail is seen to be damaged: three digits of FNV-1a, base 36. */
export function sealed(text: string): string {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ character.charCodeAt(0), 0x01000193);
  return `${text}~${(hash >>> 0).toString(36).slice(-3).padStart(3, '0')}`;
}

/** `['s','s','s','a']` → `s*3.a` */
function packRuns(words: readonly string[]): string {
  const packed: { word: string; times: number }[] = [];
  for (const word of words) {
    const last = packed.at(-1);
    if (last?.word === word) last.times += 1;
    else packed.push({ word, times: 1 });
  }
  return packed.map(({ word, times }) => (times > 1 ? `${word}*${times}` : word)).join('.');
}

function unpackRuns(text: string): readonly string[] | null {
  if (text === '') return [];
  const words: string[] = [];
  for (const run of text.split('.')) {
    const match = /^([\w-]+)(?:\*([1-9]\d{0,2}))?$/.exec(run);
    const times = Number(match?.[2] ?? 1);
    if (!match || words.length + times > MOST_ACTIONS) return null;
    for (let i = 0; i < times; i += 1) words.push(match[1] as string);
  }
  return words;
}
