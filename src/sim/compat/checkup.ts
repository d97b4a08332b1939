/** From what a reader pasted to an answer: the question that it amounts to, the plan, and what limits it first. It knows how to ask, not what is so. */
import type { Host, Workload } from './facts.ts';
import { merged, type Knowledge, type Tool } from './knowledge.ts';
import { focusOf, limitsOf, type Limit } from './limits.ts';
import { canRun, type Chain, type Plan, type Question } from './plan.ts';
import { expanded } from './platforms.ts';
import type { Recognition } from './recognise/index.ts';
import type { ToolInUse } from './scene.ts';
import { specOf } from './facts.ts';

export interface Checkup {
  readonly question: Question;
  readonly plan: Plan;
  /** The chain that the answer speaks of: the cheapest that works, or the nearest miss. */
  readonly focus?: Chain;
  /** What limits that chain, the likeliest first. */
  readonly limits: readonly Limit[];
  /** What would settle the open conditions, the likeliest first. */
  readonly asks: readonly string[];
}

/** Checks what was recognised. Without a month of its own the text is taken to speak of the present. */
export function checkUp(recognition: Recognition, knowledge: Knowledge, date?: string): Checkup {
  const host: Host = { ...expanded(recognition.host, knowledge), uses: recognition.tools.map(({ id }) => id) };
  const tool = toolOf(recognition, host, knowledge);
  const workload = merged<Workload>(ofSystem(recognition, host, tool, knowledge), ofTools(recognition, tool, knowledge), recognition.workload);
  const month = tool?.from ?? monthOf(recognition) ?? date;
  const question: Question = { host, workload: withArchOf(workload, host), ...(tool ? { tool } : {}), ...(month === undefined ? {} : { date: month }) };
  const plan = canRun(knowledge, question);
  // A tool that cannot hold such a workload at all: what any other way lacks says most.
  const focus = focusOf(plan) ?? focusOf(canRun(knowledge, { host, workload: question.workload, ...(month === undefined ? {} : { date: month }) }));
  const hints = { mentions: recognition.mentions, engineWorks: !asksFor('setup', workload) && (host.engineRunning === true || (recognition.hasWorkload && !asksFor('engine', workload))), isDated: month !== undefined };
  const limits = focus ? limitsOf(focus, hints) : [];
  return { question, plan, ...(focus ? { focus } : {}), limits, asks: asksOf(limits) };
}

/** Without a month of the tool that decides: that of the client, such as Docker's engine. */
function monthOf({ tools }: Recognition): string | undefined {
  return tools.map(({ id, from }) => (id === 'docker' ? from : undefined)).find((from) => from !== undefined);
}

/**
 * The tool that decides: the first that is no front and that some mechanism belongs to. A front such as docker decides on Linux
 * itself; on Windows and macOS it comes with another tool.
 */
function toolOf(recognition: Recognition, host: Host, knowledge: Knowledge): ToolInUse | undefined {
  const { tools } = recognition;
  const known = tools.flatMap((inUse) => knowledge.tools.filter(({ id }) => id === inUse.id).map((tool) => ({ inUse, tool })));
  // Where an engine is named too, a hypervisor is beside it, or around it.
  const isEngine = known.some(({ tool }) => tool.engine || tool.elsewhere !== undefined);
  // Who makes Windows containers by name runs them on Windows itself, whatever else is installed.
  if (known.some(({ tool }) => tool.native && tool.runs.os === 'windows')) return undefined;
  const own = known.find(({ tool }) => !tool.front && hasMechanism(tool, knowledge) && !(isEngine && makesGuestsOnly(tool, knowledge)));
  if (own) return own.inUse;
  const front = known.find(({ tool }) => tool.elsewhere !== undefined);
  const os = recognition.workload.os ?? ofTools(recognition, undefined, knowledge).os;
  if (front?.tool.elsewhere === undefined || os === 'windows' || known.some(({ tool }) => tool.native)) return undefined;
  if (host.os === 'linux') return known.find(({ tool }) => hasMechanism(tool, knowledge))?.inUse;
  return host.os === 'windows' || host.os === 'macos' ? { id: front.tool.elsewhere } : undefined;
}

function makesGuestsOnly({ id }: Tool, { mechanisms }: Knowledge): boolean {
  const own = mechanisms.filter((mechanism) => mechanism.id === id || mechanism.tools.includes(id));
  return own.every(({ kind }) => kind === 'guest' || kind === 'translator');
}

function hasMechanism({ id }: Tool, { mechanisms }: Knowledge): boolean {
  return mechanisms.some((mechanism) => mechanism.id === id || mechanism.tools.includes(id));
}

/** What the tool that decides runs when nothing else is said; without one, what the fronts run: Windows containers with Mirantis' engine. */
function ofTools({ tools }: Recognition, tool: ToolInUse | undefined, knowledge: Knowledge): Workload {
  const deciding = tool === undefined ? tools : [tool];
  return merged<Workload>({}, ...deciding.map(({ id }) => knowledge.tools.find((each) => each.id === id)?.runs ?? {}));
}

/** On a Windows Server, and with tools that run images of the host's own system, an image of which nothing is said is one for Windows. */
function ofSystem({ tools }: Recognition, { os }: Host, tool: ToolInUse | undefined, knowledge: Knowledge): Workload {
  const isNative = tools.some(({ id }) => knowledge.tools.some((each) => each.id === id && each.native));
  return tool === undefined && (os === 'windows-server' || (os === 'windows' && isNative)) ? { os: 'windows' } : {};
}

/** A virtual machine has the host's instruction set unless another is asked for. */
function withArchOf(workload: Workload, { arch }: Host): Workload {
  return workload.kind === 'vm' && workload.arch === undefined && typeof arch === 'string' ? { ...workload, arch: [arch] } : workload;
}

function asksFor(what: string, { wants = [] }: Workload): boolean {
  return (wants as readonly string[]).includes(what);
}

/** Questions for the facts that nobody stated. */
function asksOf(limits: readonly Limit[]): readonly string[] {
  const open = limits.flatMap(({ finding }) => (finding !== undefined && (finding.status === 'open' || finding.presumed) ? [finding.condition.fact] : []));
  return [...new Set(open.map((fact) => specOf(fact).question))];
}
