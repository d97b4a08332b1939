/** The question before an action, and what came of the reader’s answer. */
import { Button } from '../kit/Button.tsx';
import type { Asked } from './LayerLab.tsx';
import type { Shown } from './view.ts';

/** How sure a reader may be of an answer. What was believed with certainty and refuted is remembered best. */
export const SURE = ['guess', 'fairly sure', 'certain'] as const;

/** Answers given so far, and of those that were certain, how many hit. */
export interface Score {
  readonly right: number;
  readonly given: number;
  readonly surelyRight: number;
  readonly surelyGiven: number;
}
export const NO_SCORE: Score = { right: 0, given: 0, surelyRight: 0, surelyGiven: 0 };

export function scored({ right, given, surelyRight, surelyGiven }: Score, hit: boolean, sure: number): Score {
  const certain = sure === SURE.length - 1;
  return { right: right + Number(hit), given: given + 1, surelyRight: surelyRight + Number(hit && certain), surelyGiven: surelyGiven + Number(certain) };
}

interface QuestionProps {
  /** Index in SURE; undefined before the reader says. */
  readonly sure: number | undefined;
  readonly onSure: (sure: number) => void;
  readonly instance: string;
  readonly asked: Asked;
  readonly ready: boolean;
  readonly answer: (chosen: number) => void;
  readonly drop: () => void;
}

export function Question({ asked: { quiz: { command, what, options } }, sure, onSure, instance, ready, answer, drop }: QuestionProps) {
  return (
    <div class="ll-ask" role="group" aria-label={`Predict first. ${command}. How many bytes will ${what} gain or lose?`} onKeyDown={(event) => event.key === 'Escape' && drop()}>
      <p><b class="ll-first">Predict first</b> <code>{command}</code></p>
      <p>How many bytes will {what} gain or lose?</p>
      <fieldset class="ll-sure">
        <legend>How sure are you?</legend>
        {SURE.map((text, i) => <label><input type="radio" name={`${instance}-sure`} checked={sure === i} disabled={!ready} onChange={() => onSure(i)} /> {text}</label>)}
      </fieldset>
      <div class="ll-options">
        {options.map(({ text }, i) => <Button ready={ready} onPress={() => answer(i)}>{text}</Button>)}
        <span><Button ready={ready} class="ll-plain" onPress={() => answer(-1)}>Show me</Button> <Button ready={ready} class="ll-plain" onPress={drop}>Do not do it</Button></span>
      </div>
    </div>
  );
}

/** The box is always there: a screen reader announces what appears in a status only if the status itself was there before. */
export function Verdict({ asked, ...told }: Omit<JudgedProps, 'asked'> & { readonly asked: Asked | undefined }) {
  return <div role="status">{asked && <Judged asked={asked} {...told} />}</div>;
}

interface JudgedProps {
  readonly asked: Asked;
  readonly reasons: Shown['reasons'];
  readonly score: Score;
}

function Judged({ asked: { chosen = -1, sure, quiz: { command, options, right } }, reasons: [reason], score }: JudgedProps) {
  const said = options[chosen];
  const hit = chosen === right;
  return (
    <div class="ll-judged" data-hit={said ? hit : undefined} tabIndex={-1}>
      <p><code>{command}</code></p>
      <p><b>{!said ? 'It is' : hit ? 'Right:' : 'Not so. It is'} {options[right]?.text}.</b>{said && !hit && <> You said {said.text}{sure !== undefined && sure > 0 && `, and were ${SURE[sure]}`}. {said.refutation}</>}</p>
      {reason && (!said?.refutation || hit) && <p>{reason.text}</p>}
      {score.given > 1 && <p class="ll-small">So far {score.right} of {score.given} right{score.surelyGiven > 0 && `; when certain, ${score.surelyRight} of ${score.surelyGiven}`}.</p>}
    </div>
  );
}
