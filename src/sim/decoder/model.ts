/**
 * The Decoder as a model: a text or a known message in, what it means out, and a look at each other layer that the same text can
 * mean. It knows how an answer is put to a reader; what a text says is for `decode`, and what is known comes in as an argument.
 */
import { SimError } from '../errors.ts';
import type { Errors } from '../known.ts';
import type { Measures, Model, Reason, Step } from '../model.ts';
import { decode, type Answer } from './decode.ts';
import { essence, fitsLink, wellFormed } from './essence.ts';
import type { ErrorLayer } from './layers.ts';
import { compileKnowledge, type Knowledge, type Span } from './match.ts';
import { marksOf, nearestShown, otherShown, shown, type NearestShown, type OtherShown, type Shown } from './shown.ts';

export interface Config {
  /** The error, with whatever surrounds it; as much as a link can hold. */
  readonly text: string;
  /** Id of a family whose first example is read in place of a text; empty for none. */
  readonly family: string;
  /** Another layer that the reader looks at; empty for the first answer. */
  readonly considered: ErrorLayer | '';
}

export type Action =
  /** Reads a text that a link can hold: `reading` makes one of any paste. */
  | { readonly type: 'read'; readonly text: string }
  /** Reads a known message. */
  | { readonly type: 'example'; readonly family: string }
  /** Looks at one of the layers that the text can mean. */
  | { readonly type: 'consider'; readonly layer: ErrorLayer };

export type Fact =
  | { readonly id: 'errorRead'; readonly family: string; readonly layer: ErrorLayer }
  | { readonly id: 'nothingRecognized' }
  | { readonly id: 'layerConsidered'; readonly layer: ErrorLayer };

export interface State {
  /** What was read. */
  readonly text: string;
  /** The family whose example it is; empty for a reader's own text. */
  readonly example: string;
  /** What was recognized in the text, in its order, without overlaps. */
  readonly marks: readonly Span[];
  readonly first?: Shown;
  readonly others: readonly OtherShown[];
  readonly nearest: readonly NearestShown[];
  /** The layer that the reader looks at: the first answer's, or another's. Absent for an unknown text. */
  readonly considered?: ErrorLayer;
  /** What `describe` says. */
  readonly says: string;
}

/** Messages that readers choose from, by family, in words that they know them by. */
export const MESSAGES: Readonly<Record<string, string>> = {
  'no-matching-manifest': 'no matching manifest for linux/arm64',
  'exec-format-error': 'exec format error',
  'daemon-unreachable': 'Cannot connect to the Docker daemon',
  'virtualization-off': 'This computer doesn’t have VT-X/AMD-v enabled',
  'hyperv-blocks-virtualbox': 'VirtualBox won’t boot: Hyper-V is active',
  'wsl-kernel-missing': 'WSL 2 requires an update to its kernel',
  'image-for-another-kernel': 'image operating system "windows" cannot be used',
  'windows-build-mismatch': 'container OS does not match the host OS',
  'mounts-denied': 'Mounts denied: the path is not shared',
  'crlf-line-endings': '/bin/sh^M: bad interpreter',
  'glibc-version': 'version `GLIBC_2.34\' not found',
  'cpu-feature-missing': 'requires a CPU with AVX support',
  'out-of-memory': 'exited with code 137',
  'port-in-use': 'port is already allocated',
};

/** The message that the playground starts with. */
export const FIRST_TEXT = 'standard_init_linux.go:228: exec user process caused: exec format error';

export type Decoder = Model<Config, State, Action, Fact>;

/** The model over what is known of errors. Made once for the same knowledge. */
export function makeDecoder(errors: Errors): Decoder {
  const before = MADE.get(errors);
  if (before) return before;
  const knowledge = knowledgeOf(errors);
  const init = (config: Config): State => stateOf(config, errors, knowledge);
  const made: Decoder = {
    id: 'decoder',
    defaults: { text: FIRST_TEXT, family: '', considered: '' },
    init,
    legal,
    step: (state, action) => stepped(state, action, init),
    isDone: () => false,
    describe: ({ says }) => says,
    why,
    measure,
    invariants: INVARIANTS,
  };
  MADE.set(errors, made);
  return made;
}

const MADE = new WeakMap<Errors, Decoder>();
const COMPILED = new WeakMap<Errors, Knowledge>();

/** Compiling takes longer than reading a long log: it is done once. */
function knowledgeOf(errors: Errors): Knowledge {
  const knowledge = COMPILED.get(errors) ?? compileKnowledge(errors.families, errors.translations);
  COMPILED.set(errors, knowledge);
  return knowledge;
}

/**
 * What a reader's paste becomes: the action that reads its essence, which gives the same family and layer as the whole. Where no
 * essence is short enough for a link, the known message of that family stands in for it. Never throws.
 */
export function reading(text: string, errors: Errors): Action {
  const knowledge = knowledgeOf(errors);
  const kept = essence(text, knowledge);
  if (kept !== null) return { type: 'read', text: kept };
  const { first } = decode(text, knowledge);
  return first ? { type: 'example', family: first.family } : { type: 'read', text: '' };
}

function stateOf({ text: given, family: example, considered }: Config, { families, situations }: Errors, knowledge: Knowledge): State {
  const family = families.find(({ id }) => id === example);
  if (example !== '' && !family) throw new SimError(`No known message has the name “${example}”.`);
  const text = family?.examples[0] ?? wellFormed(given);
  if (!fitsLink(text)) throw new SimError('The text is longer than a link can hold. Give the lines that carry the message.');
  const answer = withoutHints(decode(text, knowledge), families);
  const first = answer.first && shown(answer.first, situations[answer.first.family]);
  const state = unsaid({ text, example, marks: marksOf(answer), ...(first && { first, considered: first.layer }), others: answer.others.map(otherShown), nearest: answer.nearest.filter(({ shared }) => shared.length > 0).map(nearestShown) });
  return considered === '' ? state : considering(state, considered);
}

/** Beside a known message, words that only say what a text is about are no other meaning of it. */
function withoutHints(answer: Answer, families: Errors['families']): Answer {
  const hints = new Set(families.filter(({ role }) => role === 'hint').map(({ id }) => id));
  if (!answer.first || hints.has(answer.first.family)) return answer;
  return { ...answer, others: answer.others.filter(({ family }) => family === undefined || !hints.has(family)), spans: answer.spans.filter(({ family }) => !hints.has(family)) };
}

/** A state with its sentence. */
function unsaid(state: Omit<State, 'says'>): State {
  return { ...state, says: sentence(state) };
}

function considering(state: State, layer: ErrorLayer): State {
  if (!offered(state).includes(layer)) throw new SimError(`The text does not speak of ${layer}.`);
  return unsaid({ ...state, considered: layer });
}

/** The layers that can be looked at: the first answer's and every other. */
function offered({ first, others }: Pick<State, 'first' | 'others'>): readonly ErrorLayer[] {
  return first ? [first.layer, ...others.map(({ layer }) => layer)] : [];
}

/** The other layer that the reader looks at, if it is not the first answer's. */
function consideredOther({ others, considered }: Pick<State, 'others' | 'considered'>): OtherShown | undefined {
  return others.find(({ layer }) => layer === considered);
}

function sentence(state: Omit<State, 'says'>): string {
  const { first, nearest, text } = state;
  const other = consideredOther(state);
  if (other) return `Could it be ${other.name}? It is when ${ended(other.when)} What tells: ${ended(other.question)}`;
  if (first) return `${first.lead} ${first.name}. ${ended(first.title)} ${first.sure}.`;
  if (text.trim() === '') return 'There is nothing to decode yet. Paste an error, or take a known message.';
  return `No known message is in this text. ${nearest.length > 0 ? `The nearest ${nearest.length === 1 ? 'one shares' : 'ones share'} some words with it.` : 'None is near it either.'}`;
}

function ended(text: string): string {
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

function legal({ example, first, others, considered }: State): readonly Action[] {
  const examples = Object.keys(MESSAGES).filter((family) => family !== example).map((family): Action => ({ type: 'example', family }));
  const layers = offered({ ...(first && { first }), others }).filter((layer) => layer !== considered).map((layer): Action => ({ type: 'consider', layer }));
  return [...layers, ...examples];
}

function stepped(state: State, action: Action, init: (config: Config) => State): Step<State, Fact> {
  if (action.type === 'consider') return { state: considering(state, action.layer), facts: [{ id: 'layerConsidered', layer: action.layer }] };
  const next = init(action.type === 'read' ? { text: action.text, family: '', considered: '' } : { text: '', family: action.family, considered: '' });
  const { first } = next;
  return { state: next, facts: [first ? { id: 'errorRead', family: first.family, layer: first.layer } : { id: 'nothingRecognized' }] };
}

function why({ first, others }: State, fact: Fact): readonly Reason[] {
  if (fact.id === 'nothingRecognized') return [{ rule: 'unknown', text: 'None of the known wordings is in the text as a whole.' }];
  const other = fact.id === 'layerConsidered' ? others.find(({ layer }) => layer === fact.layer) : undefined;
  if (other) return [{ rule: other.layer, text: `It is ${other.name} when ${ended(other.when)}` }];
  const { family = 'unknown', reasons = [], evidence = [] } = first ?? {};
  return [...reasons.map((text) => ({ rule: family, text })), ...evidence.map(({ title, year, url }) => ({ rule: family, text: `Seen in ${year}: ${title}, ${url}` }))];
}

export function measure({ first, others }: State): Measures {
  return { layer: first?.layer ?? 'none', family: first?.family ?? 'none', confidence: first?.confidence ?? 0, others: others.length };
}

const INVARIANTS: Decoder['invariants'] = {
  'a confidence is a share': ({ first }) => first === undefined || (first.confidence >= 0 && first.confidence <= 1),
  'marks stand in the text, one behind the other': ({ text, marks }) => marks.every(({ start, end }, i) => (marks[i - 1]?.end ?? 0) <= start && start < end && end <= text.length),
  'a layer that is looked at is offered': (state) => (state.first ? offered(state).includes(state.considered as ErrorLayer) : state.considered === undefined),
  'each layer is offered once': (state) => new Set(offered(state)).size === offered(state).length,
  'an answer says what to do': ({ first }) => first === undefined || first.fixes.length > 0,
  'a link can hold the text': ({ text }) => fitsLink(text),
};
