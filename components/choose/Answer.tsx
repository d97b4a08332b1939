/** The answer for one work: those that stand in a short matrix, what would change it, then each candidate with its reasons and figures. */
import { Component } from 'preact';
import type { Action, CandidateId, CandidateView, State } from '../../src/sim/choosing/types.ts';
import { Button } from '../kit/Button.tsx';
import type { Linked } from './engine.ts';
import { commonOf, CRITERIA_WORDS, standingOf, VERDICTS } from './view.ts';

/** A layer, or a box: a wall with what stands in it. */
export type Slab = 'application' | 'userland' | 'kernel' | 'firmware' | 'hypervisor' | 'hardware' | readonly ['sandbox' | 'machine', ...Slab[]];

/** What the build gives along. */
export interface Given {
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
  /** What stands on what in each candidate, from the top. */
  readonly stacks: Readonly<Record<CandidateId, readonly Slab[]>>;
}

interface Props extends Given {
  readonly state: State & Linked;
  readonly ready: boolean;
  readonly name: string;
  /** As a lesson shows it: without each candidate's reasons and figures. */
  readonly brief: boolean;
  /** Address of the playground's own page, with the work that the page began with. */
  readonly full: string;
  readonly take: (action: Action) => void;
}

/** A change that the reader tries: the work that it changes, and which of its lines. */
interface Tried {
  readonly from: State;
  readonly line: number;
}

interface Trying {
  readonly tried?: Tried | undefined;
}

/** Remembers the line that was pressed, so that the list stays as it was while the answer above it changes. */
export class Answer extends Component<Props, Trying> {
  override state: Trying = {};
  /** The line that must not move under the reader's finger while the answer above it grows or shrinks. */
  private held: HTMLElement | null = null;

  override getSnapshotBeforeUpdate(): number | undefined {
    return this.held?.getBoundingClientRect().top;
  }

  override componentDidUpdate(before: Props, _: Trying, top = 0): void {
    const { held } = this;
    if (!held || before.state === this.props.state) return;
    scrollBy(0, held.getBoundingClientRect().top - top);
    // Its margin keeps it clear of the strip with the outcome.
    held.scrollIntoView({ block: 'nearest' });
    this.held = null;
  }

  override render({ state, ready, name, brief, full, take, ...given }: Props, { tried: last }: Trying) {
    const standing = standingOf(state);
    const common = commonOf(standing);
    const others = state.candidates.filter(({ verdict }) => verdict !== 'stands');
    // What was tried counts as long as the work is what came of it.
    const tried = last && JSON.stringify({ ...last.from.config, ...last.from.changes[last.line]?.to }) === JSON.stringify(state.config) ? last : undefined;
    const { changes } = tried?.from ?? state;
    const chosen = tried && changes[tried.line];
    const press = (line: number, button: HTMLElement) => {
      const isBack = line === tried?.line;
      this.held = button;
      this.setState({ tried: isBack ? undefined : { from: tried?.from ?? state, line } });
      take({ type: 'set', to: { ...chosen?.back, ...(isBack ? {} : changes[line]?.to) } });
    };
    return (
      <div class="ch-run" role="group" aria-label={name}>
        <p class="ch-asked">{state.asked}</p>
        <section>
          <h3>{standing.length === 0 ? 'None stands' : 'Stands'}</h3>
          <ul class="ch-matrix">{standing.map((one) => <Short key={one.id} one={one} {...given} />)}</ul>
          {common.length > 0 && <p class="ch-common"><b>{standing.length === 1 ? 'As long as' : 'All of them as long as'}</b> {common.join('; ')}.</p>}
        </section>
        <section class="ch-changes">
          <h3 tabIndex={-1}>What would change this</h3>
          {tried && chosen && (
            <p class="ch-outcome">
              <span><b>If {chosen.if}:</b> {chosen.stands}</span>
              <Button ready={ready} onPress={() => {
                const button = lineOf(this.base, tried.line);
                button.focus();
                press(tried.line, button);
              }}>Undo</Button>
              <Button ready={ready} onPress={() => {
                lineOf(this.base, tried.line).closest('section')?.querySelector('h3')?.focus();
                this.setState({ tried: undefined });
              }}>Go on from here</Button>
            </p>
          )}
          {changes.length === 0 && <p>No single change of the work or the machine.</p>}
          <ul>
            {changes.map(({ if: condition, then }, i) => (
              <li><Button ready={ready} aria-pressed={i === tried?.line} onPress={() => press(i, lineOf(this.base, i))}>If {condition}</Button> <span>{then}</span></li>
            ))}
          </ul>
        </section>
        {brief ? <p><a href={linkOf(state, full)}>All reasons and figures for this work</a></p> : (
          <>
            {standing.length > 0 && (
              <section>
                <h3>In full</h3>
                <div class="ch-cards">{standing.map((one) => <Card key={one.id} one={one} common={common} {...given} />)}</div>
              </section>
            )}
            {others.length > 0 && (
              <section class="ch-others">
                <h3>The others</h3>
                <ul>{others.map((one) => <Out key={one.id} one={one} {...given} />)}</ul>
              </section>
            )}
          </>
        )}
      </div>
    );
  }
}

function lineOf(run: unknown, i: number): HTMLElement {
  return (run as Element).querySelectorAll<HTMLElement>('.ch-changes li > button')[i] as HTMLElement;
}

/** The address of the playground's own page, with the work as it is now. */
function linkOf({ link }: Linked, full: string): string {
  return link === undefined ? full : full.replace(/=[^#]*/, `=${link}`);
}

type CardProps = Given & { readonly one: CandidateView };

/** A row of the matrix. */
function Short({ one: { id, title, cells }, stacks }: CardProps) {
  return (
    <li>
      <Stack slabs={stacks[id]} />
      <b>{title}</b>
      <dl>
        {cells.map(({ criterion, short, gap }) => short && <div data-gap={gap}><dt>{CRITERIA_WORDS[criterion]}</dt><dd>{short[0]} <small>{short[1]}</small></dd></div>)}
      </dl>
    </li>
  );
}

function Card({ one, common, ...given }: CardProps & { readonly common: readonly string[] }) {
  const { id, title, says, conditions, thin } = one;
  const own = conditions.filter((condition) => !common.includes(condition));
  return (
    <article class="ch-card">
      <Stack slabs={given.stacks[id]} />
      <div>
        <h4>{title}</h4>
        <p>{says}</p>
        {own.length > 0 && <><p class="ch-while">As long as</p><ul>{own.map((condition) => <li>{condition}</li>)}</ul></>}
        {thin.length > 0 && <p class="ch-thin">{thin.join(' ')}</p>}
        <details>
          <summary>Its figures<span class="sr-only">: {title}</span></summary>
          <Figures one={one} {...given} />
        </details>
      </div>
    </article>
  );
}

function Out({ one, ...given }: CardProps) {
  const { id, title, verdict, line, says, reasons } = one;
  return (
    <li class={`ch-${verdict}`}>
      <Stack slabs={given.stacks[id]} />
      <div>
        <p><b>{title}.</b> {verdict !== 'beaten' && <span class="ch-verdict">{VERDICTS[verdict]}:</span>} {line}</p>
        <details>
          <summary>Why, and its figures<span class="sr-only">: {title}</span></summary>
          {says !== line && <p>{says}</p>}
          <Cited ids={[...new Set(reasons.flatMap(({ sources }) => sources))]} {...given} />
          <Figures one={one} {...given} />
        </details>
      </div>
    </li>
  );
}

function Figures({ one: { by, cells }, ...given }: CardProps) {
  return (
    <>
      {by && <ul>{by.on.map(({ sign, ours, theirs, on, sources }) => <li>{ours.text} {sign > 0 ? 'against' : 'even with'} {theirs.text}: {on} <Cited ids={sources} {...given} /></li>)}</ul>}
      <dl>
        {cells.map(({ criterion, value, note, gap, sources }) => (
          <div data-gap={gap}><dt>{CRITERIA_WORDS[criterion]}</dt><dd><b>{value}</b> {note} <Cited ids={sources} {...given} /></dd></div>
        ))}
      </dl>
    </>
  );
}

function Stack({ slabs }: { readonly slabs: readonly Slab[] }) {
  return <div class="ch-stack" aria-hidden="true">{drawn(slabs)}</div>;
}

function drawn(slabs: readonly Slab[]) {
  return slabs.map((slab) => (typeof slab === 'string' ? <i class={`layer ${slab}`} /> : <div class={`cs-${slab[0]}`}>{drawn(slab.slice(1) as Slab[])}</div>));
}

function Cited({ ids, base, sources }: Given & { readonly ids: readonly string[] }) {
  return ids.length === 0 ? null : <small class="ch-cited">{ids.map((id) => <><a href={`${base}sources/#${id}`}>{sources[id] ?? id}</a> </>)}</small>;
}
