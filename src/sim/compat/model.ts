/**
 * The model behind WillItRun: a situation that a reader states fact by fact, and what the planner says of it. It knows how an
 * action changes the answer and keeps all that a page draws in its state; the rules are the knowledge's, the search is plan.ts.
 */
import { SimError } from '../errors.ts';
import { countLayer, nodesOf, type StackNode } from '../domain.ts';
import { faultsOf } from '../stack-faults.ts';
import type { Measures, Model, Reason } from '../model.ts';
import { changed, endedBy, type Action, type Config, type SetAction } from './act.ts';
import { saysOf, type Verdict } from './answer.ts';
import { behind, changesFor, type Change, type Outcome } from './changes.ts';
import { asidesOf, controlsOf, factLabel, labelOf, nameOf, nameOfFact, platformOf, releaseLabel, valueText, type Aside, type Control } from './choices.ts';
import { PLACE_FACTS, WORKLOAD_FACTS, type FactSpec, type Host, type Value } from './facts.ts';
import type { Knowledge } from './knowledge.ts';
import { FIRST_MONTH, monthsOffered, READY, stating } from './offers.ts';
import { toolOf, type Chain, type Plan } from './plan.ts';
import { expanded, releaseOf } from './platforms.ts';
import { withConsequences } from './scene.ts';
import { planOf, type Situation } from './situation.ts';
import { stackOf } from './stack.ts';
import { asksOf, costsIn, decidingIn, isInside, lineOf, lowered, missingIn, monthName, rowsOf, stepsOf, titleOf, type Ask, type Missing, type Row } from './telling.ts';

export type { Action, Config } from './act.ts';
export type { Verdict } from './answer.ts';

export interface Cited {
  readonly text: string;
  readonly sources: readonly string[];
}

/** One of the ways: those that products carry come first, then those by hand, then the nearest misses. */
export interface Way {
  readonly kind: 'works' | 'by-hand' | 'miss';
  readonly title: string;
  readonly costs: string;
  /** What a miss lacks. */
  readonly lacks?: string;
}

export interface State {
  readonly situation: Config;
  /** The situation in a line: machine, workload, tool and month. */
  readonly line: readonly string[];
  readonly verdict: Verdict;
  readonly says: string;
  /** Which of `ways` is drawn; -1 where there is none. */
  readonly drawn: number;
  readonly ways: readonly Way[];
  readonly stack: StackNode;
  /** Parts that the drawn way adds, or would add. */
  readonly added: readonly string[];
  readonly notes: Readonly<Record<string, string>>;
  readonly rows: readonly Row[];
  readonly costs: readonly string[];
  readonly caveats: readonly Cited[];
  readonly commands: readonly string[];
  /** What to do for a way that is set up by hand, in order. Code stands between backticks; `commands` are those that no step holds. */
  readonly steps: readonly string[];
  readonly missing?: Missing;
  readonly changes: readonly Change[];
  readonly asks: readonly Ask[];
  /** Mechanisms that were, or will be, candidates in other months. */
  readonly outOfDate: readonly string[];
  /** What in the situation contradicts itself. */
  readonly doubts: readonly string[];
  readonly controls: readonly Control[];
  readonly asides: readonly Aside[];
  /** The last month of which anything is known, YYYY-MM. */
  readonly lastMonth: string;
  readonly measures: Measures;
}

export type Fact =
  | { readonly id: 'factStated'; readonly of: 'host' | 'workload'; readonly fact: string; readonly value: string }
  | { readonly id: 'factTakenBack'; readonly of: 'host' | 'workload'; readonly fact: string }
  /** A statement that another one has ended. */
  | { readonly id: 'factDropped'; readonly of: 'host' | 'workload'; readonly fact: string; readonly by: string; readonly label: string }
  | { readonly id: 'toolChosen'; readonly tool: string }
  | { readonly id: 'monthChosen'; readonly month: string }
  | { readonly id: 'situationFilled' }
  | { readonly id: 'wayDrawn'; readonly way: number }
  /** `still`: what was stated, in words, where the answer has stayed the same. `ended`: a sentence on statements that were dropped. */
  | { readonly id: 'verdictReached'; readonly verdict: Verdict; readonly still?: string; readonly ended?: string };

export type CompatModel = Model<Config, State, Action, Fact>;

const NEAR_MISSES = 3;
/** Answers that are kept, since changes, undo and comparisons ask for the same ones again: enough for a session, in a few MB. */
const MOST_OUTCOMES = 5000;
const MOST_STATES = 200;

/** A function that remembers its last answers. What it is asked for must be plain JSON. */
function kept<Asked, Answer>(most: number, answer: (asked: Asked) => Answer): (asked: Asked) => Answer {
  const known = new Map<string, Answer>();
  return (asked) => {
    const key = JSON.stringify(asked);
    const before = known.get(key);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const found = answer(asked);
    known.set(key, found);
    return found;
  };
}

/** The model over what is known. */
export function compatModel(knowledge: Knowledge): CompatModel {
  const planner = plannerOf(knowledge);
  const stateOf = kept(MOST_STATES, (config: Config): State => told(config, planner));
  return {
    id: 'will-it-run',
    defaults: READY[0].situation,
    init: (config) => stateOf(checked(config, knowledge)),
    legal: legalIn,
    step: (state, action) => {
      const config = checked(changed(state.situation, known(action, state)), knowledge);
      const next = stateOf(config);
      const facts = factsOf(state, action);
      return { state: next, facts: [...facts, { id: 'verdictReached', verdict: next.verdict, ...(next.says === state.says ? { still: stillOf(action, next, knowledge) } : {}), ...endedIn(facts) }] };
    },
    isDone: () => false,
    describe: ({ says }) => says,
    why: reasonsFor,
    measure: ({ measures }) => measures,
    invariants: invariantsOver(planner),
  };
}

interface Planner {
  readonly knowledge: Knowledge;
  readonly lastMonth: string;
  /** Months in which a mechanism or a condition begins or ends, in order. */
  readonly turns: readonly string[];
  plan(situation: Situation): Plan;
  outcome(config: Config): Outcome;
}

function plannerOf(knowledge: Knowledge): Planner {
  const plan = (situation: Situation): Plan => planOf(situation, knowledge);
  const outcome = kept(MOST_OUTCOMES, ({ draw: _, ...situation }: Config): Outcome => {
    const { runs, chains, byHand } = plan(situation);
    const [first] = chains;
    const tool = first && toolOf(first);
    const isVague = first !== undefined && isVagueIn(first, situation);
    return { runs: runs && !isVague, isVague, byHand: byHand.length > 0, ...(tool === undefined ? {} : { tool }) };
  });
  return { knowledge, lastMonth: lastMonthOf(knowledge), turns: turnsIn(knowledge), plan, outcome };
}

/** True when a condition is open although the statement that it hangs on is made, such as “Windows 10, any release”. */
function isVagueIn(chain: Chain, { host, workload }: Situation): boolean {
  const isStated = (control: string): boolean => (control.startsWith('host.') ? host[control.slice(5) as keyof Host] : workload[control.slice(9) as keyof typeof workload]) !== undefined;
  return chain.findings.some((finding) => finding.status === 'open' && !isInside(chain, finding) && behind(finding.condition.fact).some(isStated));
}

/** The newest month that anything known speaks of. */
function lastMonthOf({ mechanisms, tools, platforms }: Knowledge): string {
  const months = [
    ...mechanisms.flatMap(({ from, until, unmaintained, requires }) => [from, until, unmaintained, ...requires.flatMap((one) => [one.from, one.until])]),
    ...[...tools, ...platforms].flatMap(({ releases }) => releases.map(({ from }) => from)),
  ];
  return months.reduce<string>((last, month) => (month !== undefined && month > last ? month : last), FIRST_MONTH);
}

type Span = { readonly from?: string; readonly until?: string; readonly when?: readonly Span[] };

/** Every month in which an answer can change. */
function turnsIn({ mechanisms, rules }: Knowledge): readonly string[] {
  const monthsOf = ({ from, until, when = [] }: Span): readonly (string | undefined)[] => [from, until, ...when.flatMap(monthsOf)];
  const months = [...mechanisms, ...mechanisms.flatMap(({ requires }) => requires), ...rules.flatMap(({ when, requires }) => [...when, ...requires])].flatMap(monthsOf);
  return [...new Set(months)].filter((month) => month !== undefined).toSorted();
}

/** The turns that a machine sees: none before its release came out, which is one itself. */
function turnsOf({ host }: Config, { knowledge, turns }: Planner): readonly string[] {
  const platform = platformOf(host, knowledge.platforms);
  const born = platform && releaseOf(platform, host)?.from;
  return born === undefined ? turns : [born, ...turns.filter((month) => month > born)];
}

const MONTH = /^20\d\d-(?:0[1-9]|1[0-2])$/;

/** Throws SimError for a configuration that no control could lead to. */
function checked(config: Config, knowledge: Knowledge): Config {
  const { host, workload, tool, date, draw = 0 } = config;
  checkFacts(host, PLACE_FACTS, 'machine');
  checkFacts(workload, WORKLOAD_FACTS, 'workload');
  if (date !== undefined && (!MONTH.test(date) || date < FIRST_MONTH)) throw new SimError(`“${date}” is no month between ${FIRST_MONTH} and today; write it as 2017-06.`);
  if (tool !== undefined && !knowledge.tools.some(({ id }) => id === tool.id) && !knowledge.mechanisms.some(({ id }) => id === tool.id)) throw new SimError(`Nobody knows the tool “${tool.id}”; content/compat-rules/tools.yaml and content/mechanisms have the ids.`);
  if (!Number.isInteger(draw) || draw < 0) throw new SimError('There is no such way to draw.');
  return config;
}

function checkFacts(facts: object, specs: Readonly<Record<string, FactSpec>>, of: string): void {
  for (const [name, value] of Object.entries(facts)) {
    if (!Object.hasOwn(specs, name)) throw new SimError(`“${name}” is nothing that can be said of a ${of}.`);
    if (!isOfKind((specs[name] as FactSpec).kind, value)) throw new SimError(`“${String(value)}” is no value for ${name}.`);
  }
}

function isOfKind(kind: FactSpec['kind'], value: unknown): boolean {
  if (kind === 'flag') return typeof value === 'boolean';
  if (kind === 'amount') return typeof value === 'number' && Number.isFinite(value);
  if (kind === 'set') return Array.isArray(value) && value.every((one) => typeof one === 'string');
  return typeof value === 'string' && value !== '';
}

/** The action, where it is one for this state. */
function known(action: Action, { ways }: State): Action {
  if (!['set', 'use', 'at', 'fill', 'draw'].includes(action.type)) throw new SimError('There is no such action.');
  if (action.type === 'draw' && !(Number.isInteger(action.chain) && action.chain >= 0 && action.chain < Math.max(ways.length, 1))) throw new SimError(`There are ${ways.length} ways; the one asked for is not among them.`);
  return action;
}

function told(config: Config, planner: Planner): State {
  const { knowledge, lastMonth } = planner;
  const plan = planner.plan(config);
  const all = waysOf(plan);
  if ((config.draw ?? 0) >= Math.max(all.length, 1)) throw new SimError('There is no such way to draw.');
  const host = withConsequences(expanded(config.host, knowledge));
  const controls = controlsOf(config, knowledge);
  const first = all[0]?.chain;
  const chain = all[config.draw ?? 0]?.chain;
  const deciding = first ? decidingIn(first, controls) : [];
  const verdict = verdictOf(plan, deciding.filter(({ finding }) => finding.status !== 'unmet').length);
  const stack = chain ? stackOf(chain, host, config.workload) : bare(host, config);
  const lacking = verdict === 'no' ? first : verdict === 'by-hand' ? plan.misses[0] : undefined;
  const missing = lacking && missingIn(lacking, config, knowledge);
  const leftOut = plan.runs ? leftOutOf(plan, config, knowledge) : undefined;
  const { steps, commands } = chain?.works === true ? stepsOf(chain, config, knowledge) : { steps: [], commands: [] };
  const titleOfTool = (id: string): string => knowledge.tools.find((each) => each.id === id)?.title ?? knowledge.mechanisms.find((each) => each.id === id)?.title ?? id;
  const changes = verdict === 'no' || verdict === 'by-hand' ? changesFor(config, { controls, plan, ...(missing ? { missing: missing.fact } : {}), turns: turnsOf(config, planner), outcome: planner.outcome, titleOf: titleOfTool, controlsOf: (each) => controlsOf(each, knowledge) }) : [];
  const added = nodesOf(stack).map(({ id }) => id).filter((id) => !/^(?:host|outer)\/|^(?:image|app)$/.test(id));
  return {
    situation: config, line: lineOf(config, knowledge), verdict, says: saysOf({ config, verdict, first, drawn: chain, added: first ? addedBy(first, host, config) : 0, missing, deciding, ...(leftOut === undefined ? {} : { leftOut }), knowledge }),
    drawn: chain ? config.draw ?? 0 : -1,
    ways: all.map(({ chain: each, kind }) => wayOf(each, kind, config, knowledge)),
    stack, added, notes: notesOf(stack, chain, config),
    rows: chain ? rowsOf(chain, config, knowledge) : [],
    costs: chain ? costsIn(chain) : [],
    caveats: chain ? distinct(chain.caveats.map(({ text, sources = [] }) => ({ text, sources }))) : [],
    commands, steps,
    ...(missing ? { missing } : {}),
    changes, asks: verdict === 'by-hand' ? [] : asksOf(deciding.filter(({ finding }) => (finding.status === 'unmet') === (verdict === 'no'))),
    outOfDate: plan.outOfDate.map(({ title, from, until }) => (config.date !== undefined && from > config.date ? `${title}, from ${from}` : `${title}, until ${until ?? from}`)),
    doubts: doubtsOf(config, knowledge),
    controls, asides: asidesOf(config, controls), lastMonth,
    measures: measuresOf(plan, first, all, host, config, missing),
  };
}

type RankedWay = { readonly chain: Chain; readonly kind: Way['kind'] };

function waysOf(plan: Plan): readonly RankedWay[] {
  const works = plan.chains.map((chain): RankedWay => ({ chain, kind: 'works' }));
  const byHand = plan.byHand.map((chain): RankedWay => ({ chain, kind: 'by-hand' }));
  const misses = plan.misses.slice(0, NEAR_MISSES).map((chain): RankedWay => ({ chain, kind: 'miss' }));
  return [...works, ...byHand, ...misses];
}

/** Why the tool that most people have is not among the ways, where a product with a virtual machine carries the workload and nobody excluded that tool. */
function leftOutOf({ chains, misses }: Plan, config: Config, knowledge: Knowledge): string | undefined {
  // The list of tools begins with the most widespread.
  const [usual] = knowledge.tools;
  const isUsual = (chain: Chain): boolean => toolOf(chain) === usual?.id;
  const miss = misses.find(isUsual);
  if (!usual || !miss || config.tool !== undefined || chains.some(isUsual) || !chains[0]?.mechanisms.some(({ kind }) => kind === 'machine')) return undefined;
  const says = missingIn(miss, config, knowledge)?.says;
  return says === undefined ? undefined : `${usual.title} is left out: ${lowered(says)}`;
}

function wayOf(chain: Chain, kind: Way['kind'], situation: Situation, knowledge: Knowledge): Way {
  const lacks = kind === 'miss' ? missingIn(chain, situation, knowledge)?.says : undefined;
  return { kind, title: titleOf(chain), costs: costsIn(chain).join('; '), ...(lacks === undefined ? {} : { lacks }) };
}

function verdictOf({ runs, byHand }: Plan, deciding: number): Verdict {
  if (runs) return deciding > 0 ? 'runs-if' : 'runs';
  return byHand.length > 0 ? 'by-hand' : 'no';
}

/** The machine with nothing added, where there is no way to draw. */
function bare(host: Host, { workload }: Config): StackNode {
  const without = (node: StackNode): StackNode => ({ ...node, on: node.on.filter(({ id }) => id !== 'image').map(without) });
  return without(stackOf({ mechanisms: [] } as unknown as Chain, host, workload));
}

function addedBy(chain: Chain, host: Host, { workload }: Config): number {
  return countLayer(stackOf(chain, host, workload), 'kernel') - 1;
}

function notesOf(stack: StackNode, chain: Chain | undefined, { workload }: Config): Readonly<Record<string, string>> {
  const isAdded = (id: string): boolean => !id.startsWith('host/') && !id.startsWith('outer/');
  const machine = chain?.mechanisms.find(({ pieces }) => pieces.machine !== undefined);
  const translator = chain?.mechanisms.find(({ kind }) => kind === 'translator');
  const notes = nodesOf(stack).flatMap(({ id, part }): readonly (readonly [string, string])[] => {
    if (part.layer === 'kernel') return [[id, isAdded(id) ? chain?.works === true ? 'added for it' : 'would be added' : 'the machine’s own']];
    if (part.layer === 'hypervisor' && machine && id === `${machine.id}/hypervisor` && !part.vmm.startsWith('that of')) return [[id, part.vmm]];
    return id === 'image' && workload.arch !== undefined ? [[id, `${(workload.arch as readonly string[]).join(', ')}${translator ? ', translated' : ''}`]] : [];
  });
  return Object.fromEntries(notes);
}

function distinct(said: readonly Cited[]): readonly Cited[] {
  return said.filter(({ text }, i) => said.findIndex((one) => one.text === text) === i);
}

/** Machines that never were: a release before its month, or on a processor that it was not made for. */
function doubtsOf({ host, date }: Config, { platforms }: Knowledge): readonly string[] {
  const platform = platformOf(host, platforms);
  const release = platform && releaseOf(platform, host);
  if (!platform || !release) return [];
  const name = `${platform.title} ${releaseLabel(release, platform)}`;
  const early = date !== undefined && release.from !== undefined && release.from > date ? [`${name} came out in ${release.from}, after the chosen month.`] : [];
  const { arch } = release.facts;
  return arch !== undefined && host.arch !== undefined && arch !== host.arch ? [...early, `${name} was made for ${labelOf(arch)} only, so there is no such machine.`] : early;
}

/** What claims compare. Where nothing runs, no way counts: mechanism and chain are “none”, and no kernel is added. */
function measuresOf(plan: Plan, first: Chain | undefined, all: readonly RankedWay[], host: Host, config: Config, missing: Missing | undefined): Measures {
  const chain = first?.works === true ? first : undefined;
  const added = chain ? addedBy(chain, host, config) : 0;
  const deciding = chain?.mechanisms.find(({ kind }) => kind === 'machine') ?? chain?.mechanisms.at(-1);
  return {
    runs: plan.runs,
    mechanism: deciding?.id ?? 'none',
    chain: chain?.mechanisms.map(({ id }) => id).join('+') ?? 'none',
    kernels: 1 + added,
    addedKernels: added,
    ways: all.filter(({ kind }) => kind === 'works').length,
    layer: missing?.layer ?? 'none',
  };
}

/** Everything that the controls offer now. */
function legalIn({ controls, asides, ways, situation, changes, lastMonth }: State): readonly Action[] {
  return [
    ...controls.flatMap((control) => [stating(control), ...control.options.map(({ value }) => stating(control, value))]),
    ...asides.map((aside) => stating(aside)),
    { type: 'at' },
    ...monthsOffered(situation.date, lastMonth).map((date): Action => ({ type: 'at', date })),
    ...READY.map(({ situation: ready }): Action => ({ type: 'fill', situation: ready })),
    ...ways.map((_, chain): Action => ({ type: 'draw', chain })),
    ...changes.flatMap(({ actions: [action] }) => (action ? [action] : [])),
  ];
}

function factsOf({ situation }: State, action: Action): readonly Fact[] {
  if (action.type === 'use') return [{ id: 'toolChosen', tool: action.tool ?? 'any' }];
  if (action.type === 'at') return [{ id: 'monthChosen', month: action.date ?? 'today' }];
  if (action.type === 'fill') return [{ id: 'situationFilled' }];
  if (action.type === 'draw') return [{ id: 'wayDrawn', way: action.chain }];
  return [statedBy(action), ...endedBy(situation, action).map((fact): Fact => ({ id: 'factDropped', of: action.of, fact, by: action.fact, label: factLabel(action.of, fact) }))];
}

/** Which statements the last one has ended, as a sentence. */
function endedIn(facts: readonly Fact[]): { readonly ended?: string } {
  const dropped = facts.flatMap((fact) => (fact.id === 'factDropped' ? [fact.label] : []));
  return dropped.length === 0 ? {} : { ended: `No longer stated, since it was said of something else: ${dropped.join(', ')}.` };
}

/** What an action has stated, and the first words of the answer, which it left as it was. */
function stillOf(action: Action, { says }: State, knowledge: Knowledge): string {
  const answer = `Still: ${says.slice(0, says.indexOf('.') + 1)}`;
  if (action.type === 'use') return `Tool: ${action.tool === undefined ? 'any' : nameOf({ id: action.tool }, knowledge)}. ${answer}`;
  if (action.type === 'at') return `When: ${action.date === undefined ? 'today' : monthName(action.date)}. ${answer}`;
  if (action.type !== 'set') return answer;
  return `${factLabel(action.of, action.fact)}: ${action.value === undefined ? 'not stated' : valueText(action.value as Value, action.fact)}. ${answer}`;
}

function statedBy({ of, fact, value }: SetAction): Fact {
  return value === undefined ? { id: 'factTakenBack', of, fact } : { id: 'factStated', of, fact, value: valueText(value as Value, fact) };
}

/** The rows that a statement bears on; for what concerns the whole answer, the rows that decide it. */
function reasonsFor({ rows, verdict, missing, says, situation }: State, fact: Fact): readonly Reason[] {
  const reasonOf = ({ asked, rule, sources }: Row): Reason => ({ rule, text: asked, sources });
  if (fact.id === 'factDropped') return [{ rule: 'statement-ended', text: `It was said of something else: ${fact.by === 'os' ? 'another system' : `another ${nameOfFact(fact.by)}`} is stated now.` }];
  if (fact.id === 'factStated' || fact.id === 'factTakenBack') {
    const bearing = rows.filter((row) => behind(row.fact).includes(`${fact.of}.${fact.fact}`));
    return bearing.length > 0 ? bearing.map(reasonOf) : [{ rule: 'not-asked', text: 'Nothing that the drawn way asks depends on it.' }];
  }
  const deciding = rows.filter(({ status }) => (verdict === 'no' ? status === 'unmet' : status !== 'met'));
  if (deciding.length > 0) return deciding.map(reasonOf);
  if (missing) return [{ rule: 'missing', text: missing.says, sources: missing.sources }];
  return rows.length > 0 ? rows.map(reasonOf) : [{ rule: 'search', text: situation.tool === undefined ? 'Every mechanism that is known was tried, and none is a candidate here.' : says }];
}

function invariantsOver(planner: Planner): CompatModel['invariants'] {
  const { knowledge } = planner;
  return {
    'the verdict is the plan’s': ({ situation, verdict }) => {
      const { runs, byHand } = planner.plan(situation);
      return runs ? verdict === 'runs' || verdict === 'runs-if' : verdict === (byHand.length > 0 ? 'by-hand' : 'no');
    },
    'the links of a chain fit: at most one machine, then translators, then what runs the workload': ({ measures: { chain } }) => {
      const kinds = String(chain) === 'none' ? [] : String(chain).split('+').map((id) => knowledge.mechanisms.find((each) => each.id === id)?.kind);
      return kinds.every((kind, i) => (i === kinds.length - 1 ? kind === 'sandbox' || kind === 'guest' : kind === 'translator' || (kind === 'machine' && i === 0)));
    },
    'the drawing is a stack': ({ stack }) => faultsOf(stack).length === 0,
    'the kernels that are counted are drawn': ({ stack, drawn, measures }) => drawn > 0 || measures['chain'] === 'none' || countLayer(stack, 'kernel') === measures['kernels'],
    'every change that is offered makes it run': ({ situation, changes }) => changes.every(({ actions, byHand }) => {
      const plan = planner.plan(actions.reduce<Config>(changed, situation));
      return byHand ? plan.byHand.length > 0 : plan.runs;
    }),
    'a “no” says what is missing': ({ verdict, missing, ways }) => verdict !== 'no' || ways.length === 0 || missing !== undefined,
    'a “runs-if” asks': ({ verdict, asks }) => verdict !== 'runs-if' || asks.length > 0,
    'what is asked can be answered': ({ asks, controls }) => asks.every(({ control }) => controls.some(({ of, fact }) => `${of}.${fact}` === control)),
  };
}
