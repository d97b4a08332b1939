/**
 * What a goal comes to as one step: which parts it joins, which words fit, which rules decided. It asks the stack, as plans.ts
 * does; the words themselves, and the ends of each deed, come in from outside.
 */
import { borderBetween, groundOf, habitsOf, kernelUnder, modeOf, onVirtualHardware, partOf, sandboxOf, the, vmmOf, wallBetween } from './cut.ts';
import type { Cut } from './cut.ts';
import { fill } from './phrases.ts';
import type { End, Saying, Words } from './phrases.ts';
import type { Goal, TraceFact, What } from './types.ts';

/** Deeds of another thread, another CPU or a device. */
const MEANWHILE: readonly string[] = ['deviceWorked', 'processWoken', 'vhostWoken'];

/** System calls by name. glibc's send() makes the system call sendto. */
const CALLS: Readonly<Partial<Record<What, string>>> = { send: 'sendto' };

/** The step that a goal comes to. */
export function factOf(words: Words, cut: Cut, goal: Goal): TraceFact {
  const { who, what } = goal;
  const ends = endsOf(cut, who);
  const [from, to] = (words.ends[goal.do] ?? ['K', 'K']).map((end) => ends[end]) as [string, string];
  // A CPU that has told a device something goes on in its kernel.
  const runs = goal.do === 'doorbellRung' ? ends.K : to;
  const flags = [what, ...flagsOf(cut, who)];
  const { title, subsystem, text, rules } = sayingFor(words, cut, goal, flags);
  return {
    id: goal.do, from, to, runs,
    mode: modeOf(cut, runs),
    border: borderBetween(cut, from, to),
    through: wallBetween(cut, from, to),
    title: title || subsystem,
    subsystem,
    meanwhile: MEANWHILE.includes(goal.do),
    text: fill(text, namesFor(cut, goal, ends.K), flags),
    rules: rules.flatMap((rule) => fill(rule, {}, flags) || []),
  };
}

function endsOf(cut: Cut, who: string): Readonly<Record<End, string>> {
  const K = kernelUnder(cut, who);
  return { K, who, app: 'app', H: kernelUnder(cut, vmmOf(cut, K)), ground: groundOf(cut, K).id, caller: who === 'userland' ? 'app' : who };
}

/** What words may depend on: the hardware below, the wall around, and whether text is still on its way to the screen. */
function flagsOf(cut: Cut, who: string): readonly string[] {
  const hardware = onVirtualHardware(cut, who) ? 'guest' : 'real';
  const contained = sandboxOf(cut, who) ? ['contained'] : [];
  return [hardware, ...contained, ...(hardware === 'real' || contained.length > 0 ? ['waiting'] : [])];
}

/** The most special saying that there is: for the program, the purpose, the part that acts, or the deed alone. */
function sayingFor({ deeds }: Words, { config }: Cut, goal: Goal, flags: readonly string[]): Saying {
  const { what, who } = goal;
  const variants = [config.program, ...flags.map((flag) => `${what}/${flag}`), what, who, ...flags.slice(1).reverse()];
  const key = variants.map((variant) => `${goal.do}/${variant}`).find((name) => deeds.has(name)) ?? goal.do;
  return deeds.get(key) as Saying;
}

/** The names that stand in sentences. `server` does the work of a virtual device, `sleeper` waits for a real one. */
function namesFor(cut: Cut, { who, what }: Goal, K: string): Readonly<Record<string, string>> {
  const vmm = partOf(cut, who)?.layer === 'hypervisor' ? who : vmmOf(cut, K);
  return {
    K: the(cut, K),
    who: the(cut, who),
    call: CALLS[what] ?? what,
    H: the(cut, kernelUnder(cut, vmm)),
    vmm: the(cut, vmm),
    sleeper: who === 'userland' ? 'the program' : `the thread of ${the(cut, who)}`,
    server: vmm && serverOf(cut, vmm, what),
  };
}

function serverOf(cut: Cut, vmm: string, what: What): string {
  const { vhost, worker } = habitsOf(cut, vmm);
  return what === 'network' && vhost ? 'a vhost-net worker' : `the ${worker} of ${the(cut, vmm)}`;
}
