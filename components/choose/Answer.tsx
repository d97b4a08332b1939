/** The answer for one work: those that stand with their conditions, those that do not with the reason, and what would change it. */
import type { Action, CandidateView, State } from '../../src/sim/choosing/types.ts';
import { Button } from '../kit/Button.tsx';
import { CRITERIA_WORDS, groupsOf, STACKS, type Slab } from './view.ts';

interface Citing {
  /** Address of the site's root, with the base path and a closing slash. */
  readonly base: string;
  /** Sources in short, by id. */
  readonly sources: Readonly<Record<string, string>>;
}

interface Props extends Citing {
  readonly state: State;
  readonly ready: boolean;
  readonly name: string;
  readonly take: (action: Action) => void;
}

export function Answer({ state, ready, name, take, ...citing }: Props) {
  return (
    <div class="ch-run" role="group" aria-label={name} tabIndex={-1}>
      <p class="ch-asked">{state.asked}</p>
      {groupsOf(state).map(({ verdict, title, candidates }) => (
        <section class={`ch-group ch-${verdict}`}>
          <h3>{title}</h3>
          <div class="ch-cards">{candidates.map((one) => <Card key={one.id} one={one} {...citing} />)}</div>
        </section>
      ))}
      <section class="ch-changes">
        <h3>What would change this</h3>
        {state.changes.length === 0 && <p>No single change of the work or the machine.</p>}
        <ul>
          {state.changes.map(({ if: condition, to, then }) => <li><Button ready={ready} onPress={() => take({ type: 'set', to })}>If {condition}</Button> <span>{then}</span></li>)}
        </ul>
      </section>
    </div>
  );
}

type CardProps = Citing & { readonly one: CandidateView };

function Card({ one: { id, title, says, conditions, thin, reasons, by, cells }, ...citing }: CardProps) {
  const cited = [...new Set(reasons.flatMap(({ sources }) => sources))];
  return (
    <article class="ch-card">
      <div class="ch-stack" aria-hidden="true">{drawn(STACKS[id])}</div>
      <div>
        <h4>{title}</h4>
        <p>{says} <Cited ids={cited} {...citing} /></p>
        {conditions.length > 0 && <><p class="ch-while">As long as</p><ul>{conditions.map((condition) => <li>{condition}</li>)}</ul></>}
        {thin.length > 0 && <p class="ch-thin">{thin.join(' ')}</p>}
        <details>
          <summary>Its figures<span class="sr-only">: {title}</span></summary>
          {by && <ul>{by.on.map(({ sign, ours, theirs, on, sources }) => <li>{ours.text} {sign > 0 ? 'against' : 'even with'} {theirs.text}: {on} <Cited ids={sources} {...citing} /></li>)}</ul>}
          <dl>
            {cells.map(({ criterion, value, note, gap, sources }) => (
              <div data-gap={gap}><dt>{CRITERIA_WORDS[criterion]}</dt><dd><b>{value}</b> {note} <Cited ids={sources} {...citing} /></dd></div>
            ))}
          </dl>
        </details>
      </div>
    </article>
  );
}

function drawn(slabs: readonly Slab[]) {
  return slabs.map((slab) => (typeof slab === 'string' ? <i class={`layer ${slab}`} /> : <div class={`cs-${slab[0]}`}>{drawn(slab.slice(1) as Slab[])}</div>));
}

function Cited({ ids, base, sources }: Citing & { readonly ids: readonly string[] }) {
  return ids.length === 0 ? null : <small class="ch-cited">{ids.map((id) => <><a href={`${base}sources/#${id}`}>{sources[id] ?? id}</a> </>)}</small>;
}
