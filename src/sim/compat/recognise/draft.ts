/** What has been understood so far. The first statement of a fact wins; what contradicts it later is kept apart. */
import type { ErrorLayer } from '../../decoder/layers.ts';
import type { Host, PlaceFact, Value, Workload, WorkloadFact } from '../facts.ts';
import type { ToolInUse } from '../scene.ts';

/** One thing that was understood, for the reader to check. */
export interface Recognised {
  /** The line, counted from 1. */
  readonly line: number;
  /** Which reader understood it: `systeminfo`, `free text`. */
  readonly by: string;
  /** The fact, `host.kernel` or `image.arch`, or `tool`. */
  readonly what: string;
  readonly value: Value;
}

export class Draft {
  readonly host: Record<string, Value> = {};
  readonly workload: Record<string, Value> = {};
  readonly tools: ToolInUse[] = [];
  readonly mentions = new Set<ErrorLayer>();
  readonly recognised: Recognised[] = [];
  /** Lines that somebody understood. */
  readonly lines = new Set<number>();
  /** Facts that are only usual for what was named, such as the instruction set of a board: a plain statement wins over them. */
  private readonly weak = new Set<string>();

  ofHost(name: PlaceFact, value: Value | undefined, line: number, by: string): void {
    this.set(this.host, 'host', name, value, line, by);
  }

  ofWorkload(name: WorkloadFact, value: Value | undefined, line: number, by: string): void {
    this.set(this.workload, 'image', name, value, line, by);
  }

  hostFacts(facts: Host, line: number, by: string, usual = false): void {
    for (const [name, value] of Object.entries(facts)) {
      const isNew = this.host[name] === undefined;
      this.ofHost(name as PlaceFact, value, line, by);
      if (isNew && usual) this.weak.add(name);
    }
  }

  workloadFacts(facts: Workload, line: number, by: string): void {
    for (const [name, value] of Object.entries(facts)) this.ofWorkload(name as WorkloadFact, value, line, by);
  }

  /** Adds a word to a set: what the command wants, which hypervisors there are. */
  add(to: 'wants' | 'mounts' | 'hypervisors', word: string, line: number, by: string): void {
    const facts = to === 'hypervisors' ? this.host : this.workload;
    const so = (facts[to] as readonly string[] | undefined) ?? [];
    if (so.includes(word)) return;
    facts[to] = [...so, word];
    this.note(line, by, to === 'hypervisors' ? 'host.hypervisors' : `image.${to}`, word);
  }

  tool(tool: ToolInUse, line: number, by: string): void {
    const at = this.tools.findIndex(({ id }) => id === tool.id);
    if (at >= 0 && (this.tools[at]?.version !== undefined || tool.version === undefined)) return;
    if (at >= 0) this.tools[at] = tool;
    else this.tools.push(tool);
    this.note(line, by, 'tool', tool.version === undefined ? tool.id : `${tool.id} ${tool.version}`);
  }

  understood(line: number): void {
    this.lines.add(line);
  }

  private set(facts: Record<string, Value>, of: string, name: string, value: Value | undefined, line: number, by: string): void {
    if (value === undefined) return;
    this.lines.add(line);
    const isOpen = facts[name] === undefined || isVaguer(facts[name], value) || (of === 'host' && this.weak.delete(name));
    if (!isOpen) return;
    facts[name] = value;
    this.note(line, by, `${of}.${name}`, value);
  }

  private note(line: number, by: string, what: string, value: Value): void {
    this.lines.add(line);
    this.recognised.push({ line, by, what, value });
  }
}

/** True when the earlier statement leaves more open than the later one and holds it: 10 and 10.15, 10240..19045 and 18363. */
function isVaguer(earlier: Value, later: Value): boolean {
  if (typeof earlier !== 'string' || typeof later !== 'string' || earlier === later) return false;
  if (earlier.includes('..')) return !later.includes('..') || later.length <= earlier.length;
  return later.startsWith(`${earlier}.`);
}
