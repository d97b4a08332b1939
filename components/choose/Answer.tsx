/** The answer for one work: those that stand in a short matrix, what would change it, then each candidate with its reasons and figures. */
import { Component, type ComponentChildren } from 'preact';
import type { Action, CandidateView, Config, State } from '../../src/sim/choosing/types.ts';
import { Button } from '../kit/Button.tsx';
import { commonOf, CRITERIA_WORDS, MATRIX_WORDS, STACKS, standingOf, VERDICTS, type Slab } from './view.ts';

export interface Citing {
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

interface Props extends Citing {
  readonly state: State;
  readonly ready: boolean;
  readonly name: string;
  /** As a lesson shows it: without each candidate's reasons and figures. */
  readonly brief: boolean;
  readonly take: (action: Action) => void;
  /** What stands below the changes. */
  readonly children?: ComponentChildren;
}

/** A change that the reader tries: the work that it changes, and which of its lines. */
interface Tried {
  readonly from: State;
  readonly line: number;
}

/** What stays free above a line that was pressed, beside the strip with its outcome, in pixels. */
const MARGIN = 8;

/** Remembers the line that was pressed, so that the list stays as it was while the answer above it changes. */
export class Answer extends Component<Props, { readonly tried?: Tried | undefined }> {
  override state: { readonly tried?: Tried | undefined } = {};
  /** What must not move under the reader's finger while the answer above it grows or shrinks. */
  private held: Element | null = null;

  override getSnapshotBeforeUpdate(): number {
    return this.held?.getBoundingClientRect().top ?? 0;
  }

  override componentDidUpdate(before: Props, _: object, top: number): void {
    if (!this.held || before.state === this.props.state) return;
    // Below the strip with the outcome, which stays in view.
    const strip = (this.base as Element).querySelector<HTMLElement>('.ch-outcome');
    const free = strip ? strip.offsetHeight + parseFloat(getComputedStyle(strip).top) + MARGIN : 0;
    scrollBy(0, this.held.getBoundingClientRect().top - Math.max(top, free));
    this.held = null;
  }

  override render({ state, ready, name, brief, take, children, ...citing }: Props) {
    const standing = standingOf(state);
    const common = commonOf(standing);
    const others = state.candidates.filter(({ verdict }) => verdict !== 'stands');
    return (
      <div class="ch-run" role="group" aria-label={name}>
        <p class="ch-asked">{state.asked}</p>
        <section>
          <h3>{standing.length === 0 ? 'None stands' : 'Stands'}</h3>
          <ul class="ch-matrix">{standing.map((one) => <Short key={one.id} one={one} />)}</ul>
          {common.length > 0 && <p class="ch-common"><b>{standing.length === 1 ? 'As long as' : 'All of them as long as'}</b> {common.join('; ')}.</p>}
        </section>
        {this.changes()}
        {children}
        {!brief && standing.length > 0 && (
          <section class="ch-each">
            <h3>{standing.length === 1 ? 'In full' : 'Those that stand, one by one'}</h3>
            <div class="ch-cards">{standing.map((one) => <Card key={one.id} one={one} common={common} {...citing} />)}</div>
          </section>
        )}
        {!brief && others.length > 0 && (
          <section class="ch-others">
            <h3>Those that do not stand</h3>
            <ul>{others.map((one) => <Out key={one.id} one={one} {...citing} />)}</ul>
          </section>
        )}
      </div>
    );
  }

  private changes() {
    const { state, ready, take } = this.props;
    const tried = stillTried(this.state.tried, state.config);
    const list = (tried?.from ?? state).changes;
    const change = (line: number, button: Element) => {
      const from = tried?.from ?? state;
      const back = tried ? backFrom(tried) : {};
      const isBack = line === tried?.line;
      this.held = button;
      this.setState({ tried: isBack ? undefined : { from, line } });
      take({ type: 'set', to: isBack ? back : { ...back, ...from.changes[line]?.to } });
    };
    const chosen = tried && list[tried.line];
    return (
      <section class="ch-changes">
        <h3 tabIndex={-1}>What would change this</h3>
        {tried && chosen && (
          <p class="ch-outcome">
            <span><b>If {chosen.if}:</b> {chosen.stands === 'none' ? 'none stands' : `${chosen.stands} ${standingOf(state).length === 1 ? 'stands' : 'stand'}`}.</span>
            <Button ready={ready} onPress={() => this.line(tried.line, (button) => {
              button.focus();
              change(tried.line, button);
            })}>Undo</Button>
            <Button ready={ready} onPress={() => {
              this.setState({ tried: undefined });
              (this.base as Element).querySelector<HTMLElement>('.ch-changes > h3')?.focus();
            }}>Go on from here</Button>
          </p>
        )}
        {list.length === 0 && <p>No single change of the work or the machine.</p>}
        <ul>
          {list.map(({ if: condition, then }, i) => (
            <li><Button ready={ready} aria-pressed={i === tried?.line} onPress={() => this.line(i, (button) => change(i, button))}>If {condition}</Button> <span>{then}</span></li>
          ))}
        </ul>
      </section>
    );
  }

  private line(i: number, use: (button: HTMLElement) => void) {
    const button = (this.base as Element).querySelectorAll<HTMLElement>('.ch-changes li > button')[i];
    if (button) use(button);
  }
}

/** What was tried, as long as the work is still what came of it. */
function stillTried(tried: Tried | undefined, config: Config): Tried | undefined {
  return tried && JSON.stringify({ ...tried.from.config, ...tried.from.changes[tried.line]?.to }) === JSON.stringify(config) ? tried : undefined;
}

/** The settings that take it back. */
function backFrom({ from, line }: Tried): Partial<Config> {
  return Object.fromEntries(Object.keys(from.changes[line]?.to ?? {}).map((key) => [key, from.config[key as keyof Config]]));
}

/** A row of the matrix. */
function Short({ one: { id, title, cells } }: { readonly one: CandidateView }) {
  return (
    <li>
      <Stack id={id} />
      <b>{title}</b>
      <dl>
        {cells.map(({ criterion, short, gap }) => short && criterion in MATRIX_WORDS && (
          <div data-gap={gap}><dt>{MATRIX_WORDS[criterion]}</dt><dd>{short[0]} {short[1] && <small>{short[1]}</small>}</dd></div>
        ))}
      </dl>
    </li>
  );
}

type CardProps = Citing & { readonly one: CandidateView };

function Card({ one, common, ...citing }: CardProps & { readonly common: readonly string[] }) {
  const { id, title, says, conditions, thin } = one;
  const own = conditions.filter((condition) => !common.includes(condition));
  return (
    <article class="ch-card">
      <Stack id={id} />
      <div>
        <h4>{title}</h4>
        <p>{says}</p>
        {own.length > 0 && <><p class="ch-while">As long as</p><ul>{own.map((condition) => <li>{condition}</li>)}</ul></>}
        {thin.length > 0 && <p class="ch-thin">{thin.join(' ')}</p>}
        <details>
          <summary>Its figures<span class="sr-only">: {title}</span></summary>
          <Figures one={one} {...citing} />
        </details>
      </div>
    </article>
  );
}

function Out({ one, ...citing }: CardProps) {
  const { id, title, verdict, line, says, reasons } = one;
  return (
    <li class={`ch-${verdict}`}>
      <Stack id={id} />
      <div>
        <p><b>{title}.</b> {verdict !== 'beaten' && <span class="ch-verdict">{VERDICTS[verdict]}:</span>} {line}</p>
        <details>
          <summary>Why, and its figures<span class="sr-only">: {title}</span></summary>
          {says !== line && <p>{says}</p>}
          <Cited ids={[...new Set(reasons.flatMap(({ sources }) => sources))]} {...citing} />
          <Figures one={one} {...citing} />
        </details>
      </div>
    </li>
  );
}

function Figures({ one: { by, cells }, ...citing }: CardProps) {
  return (
    <>
      {by && <ul>{by.on.map(({ sign, ours, theirs, on, sources }) => <li>{ours.text} {sign > 0 ? 'against' : 'even with'} {theirs.text}: {on} <Cited ids={sources} {...citing} /></li>)}</ul>}
      <dl>
        {cells.map(({ criterion, value, note, gap, sources }) => (
          <div data-gap={gap}><dt>{CRITERIA_WORDS[criterion]}</dt><dd><b>{value}</b> {note} <Cited ids={sources} {...citing} /></dd></div>
        ))}
      </dl>
    </>
  );
}

function Stack({ id }: Pick<CandidateView, 'id'>) {
  return <div class="ch-stack" aria-hidden="true">{drawn(STACKS[id])}</div>;
}

function drawn(slabs: readonly Slab[]) {
  return slabs.map((slab) => (typeof slab === 'string' ? <i class={`layer ${slab}`} /> : <div class={`cs-${slab[0]}`}>{drawn(slab.slice(1) as Slab[])}</div>));
}

function Cited({ ids, base, sources }: Citing & { readonly ids: readonly string[] }) {
  return ids.length === 0 ? null : <small class="ch-cited">{ids.map((id) => <><a href={`${base}sources/#${id}`}>{sources[id] ?? id}</a> </>)}</small>;
}
