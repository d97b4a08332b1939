/** What a text means: the layer, the meaning, what to do, and then how sure that is and what else it can be. It draws; the model knows. */
import type { State } from '../../src/sim/decoder/model.ts';
import type { NearestShown, OtherShown, Shown } from '../../src/sim/decoder/shown.ts';
import type { ErrorLayer } from '../../src/sim/decoder/layers.ts';
import type { Fix } from '../../src/sim/decoder/family.ts';
import { Button } from '../kit/Button.tsx';
import { capital, headOf } from './view.ts';

interface Props {
  readonly state: State;
  /** The field holds another text, which has not been decoded. */
  readonly stale: boolean;
  readonly base: string;
  readonly issues: string;
  readonly ready: boolean;
  readonly consider: (layer: ErrorLayer) => void;
}

export function Answer({ state, stale, ...rest }: Props) {
  const { first, nearest, text } = state;
  return (
    <div class="dc-answer" data-stale={stale}>
      <p class="dc-lead">{stale ? 'The answer below is for the text before.' : first?.lead}</p>
      {first ? <Recognized state={state} first={first} {...rest} /> : text.trim() === '' ? <p class="dc-meaning">{state.says}</p> : <Unknown {...rest} />}
      {nearest.length > 0 && <NearestOnes nearest={nearest} base={rest.base} known={first !== undefined} />}
    </div>
  );
}

function Recognized({ state, first, base, ready, consider }: Omit<Props, 'issues' | 'stale'> & { readonly first: Shown }) {
  const { family, title, name, places, meaning, fixes, situation, onward } = first;
  const [head, rest] = headOf(name);
  return (
    <>
      <h3>{places.map((place) => <span class={`swatch layer ${place}`} aria-hidden="true" />)}{head}</h3>
      {rest && <p class="dc-rest">{capital(rest)}</p>}
      <p class="dc-meaning"><b>{title}.</b> {meaning}</p>
      <h4>What to do</h4>
      <Fixes fixes={fixes} />
      {onward.length > 0 && <p class="dc-links">{onward.map(({ page, text }) => <a href={base + page}>{text}</a>)}</p>}
      <Sureness first={first} />
      <Others state={state} first={first} ready={ready} consider={consider} />
      <p class="dc-links">
        {situation && <a href={`${base}playgrounds/WillItRun/?WillItRun-1=${encodeURIComponent(situation)}#WillItRun-1`}>Such a case in WillItRun</a>}
        <a href={`${base}errors/#${family}`}>Entry for this message</a>
      </p>
    </>
  );
}

function Fixes({ fixes }: { readonly fixes: readonly Fix[] }) {
  return (
    <ul class="dc-fixes">
      {fixes.map(({ text, commands = [] }) => (
        <li>{text}{commands.map((command) => <pre><code>{command}</code></pre>)}</li>
      ))}
    </ul>
  );
}

function Sureness({ first: { confidence, sure, reasons, evidence } }: { readonly first: Shown }) {
  const [words, share] = sure.split(': ');
  return (
    <div class="dc-sure">
      <p><span class="dc-scale" aria-hidden="true"><span style={{ width: `${Math.round(confidence * 10)}0%` }} /></span><b>{words}:</b> {share}.</p>
      <p class="dc-small">An estimate of this project, held against the reports that its tests collect; not a count.</p>
      <details class="pg-why">
        <summary>Why, and who has met it?</summary>
        <ul>
          {reasons.map((reason) => <li>{reason}</li>)}
          {evidence.map(({ url, title, year }) => <li>{year}: <a href={url} rel="noreferrer">{title}</a></li>)}
        </ul>
      </details>
    </div>
  );
}

function Others({ state: { others, considered }, first, ready, consider }: Pick<Props, 'state' | 'ready' | 'consider'> & { readonly first: Shown }) {
  if (others.length === 0) return null;
  return (
    <>
      <h4>What else it can be</h4>
      <ul class="dc-others">
        {others.map((other) => {
          const looked = other.layer === considered;
          return (
            <li data-looked={looked}>
              <Button ready={ready} aria-pressed={looked} onPress={() => consider(looked ? first.layer : other.layer)}>{headOf(other.name)[0]}</Button>
              <OtherText other={other} looked={looked} />
            </li>
          );
        })}
      </ul>
    </>
  );
}

function OtherText({ other: { when, question, fixes }, looked }: { readonly other: OtherShown; readonly looked: boolean }) {
  return (
    <div>
      <p>When {when}.</p>
      {looked && <><p><b>What tells:</b> {question}</p><Fixes fixes={fixes} /></>}
    </div>
  );
}

function Unknown({ base, issues }: Pick<Props, 'base' | 'issues'>) {
  return (
    <>
      <h3>No known message is in this text</h3>
      <p class="dc-meaning">Paste the first line that says “error” or “failed”, not the last: what follows it is often its consequence. If you have it, paste the whole output with the command above it.</p>
      <p class="dc-links">
        <a href={`${base}errors/`}>All messages that are known</a>
        <a href={issues} rel="noreferrer">Tell the project about a message that is missing</a>
      </p>
    </>
  );
}

function NearestOnes({ nearest, base, known }: { readonly nearest: readonly NearestShown[]; readonly base: string; readonly known: boolean }) {
  return (
    <>
      <h4>{known ? 'Messages with similar words' : 'The nearest ones'}</h4>
      <ul class="dc-near">
        {nearest.map(({ family, title, shared }) => <li><a href={`${base}errors/#${family}`}>{title}</a> <small>shares {shared.map((word, i) => <>{i > 0 && ', '}<q>{word}</q></>)}</small></li>)}
      </ul>
    </>
  );
}
