/** The question before an action, and what came of it: both stand under the row of buttons that was pressed. */
import { Button } from '../kit/Button.tsx';
import type { Asked } from './LayerLab.tsx';
import type { Quiz } from './quiz.ts';
import type { LabState, Shown } from './view.ts';

/** How sure a reader may be of an answer. What was believed with certainty and refuted is remembered best. */
export const SURE = ['guess', 'fairly sure', 'certain'] as const;

/** Answers given so far, and of those that were certain, how many hit. */
export interface Score {
  readonly right: number;
  readonly given: number;
  readonly surelyRight: number;
  readonly surelyGiven: number;
}

export function scored({ right, given, surelyRight, surelyGiven }: Score, hit: boolean, sure: number): Score {
  const certain = sure === SURE.length - 1;
  return { right: right + Number(hit), given: given + 1, surelyRight: surelyRight + Number(hit && certain), surelyGiven: surelyGiven + Number(certain) };
}

type PanelProps = Omit<QuestionProps, 'quiz'> & OutcomeProps & {
  /** Whether the action waits for an answer. */
  readonly isOpen: boolean;
};

/** The question, or what came of the action. It arrives with the rules: before them nothing can be asked. */
export const panelOf = ({ isOpen, asked, ...others }: PanelProps) => (isOpen && asked.quiz ? <Question quiz={asked.quiz} {...others} /> : <Outcome asked={asked} {...others} />);

interface QuestionProps {
  /** Index in SURE; undefined before the reader says. */
  readonly sure: number | undefined;
  readonly onSure: (sure: number) => void;
  readonly instance: string;
  readonly quiz: Quiz;
  readonly ready: boolean;
  readonly answer: (chosen: number) => void;
  readonly drop: () => void;
}

function Question({ quiz: { command, what, options }, sure, onSure, instance, ready, answer, drop }: QuestionProps) {
  return (
    <div class="ll-ask" role="group" aria-label={`Predict first. ${command}. How many bytes will ${what} gain or lose? ${options.map(({ text }) => text).join(', or ')}?`} onKeyDown={(event) => event.key === 'Escape' && drop()}>
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

interface OutcomeProps {
  readonly asked: Asked;
  readonly shown: Shown;
  readonly told: LabState['told'];
  readonly score: Score;
  /** Gives the focus back to what was pressed. */
  readonly back: () => void;
}

/** No live region: it takes the focus where an answer was given, and the playground’s status says the rest. */
function Outcome({ asked: { chosen = -1, sure, quiz, label }, shown: { command, change, reasons: [reason] }, told, score, back }: OutcomeProps) {
  const said = quiz?.options[chosen];
  const hit = chosen === quiz?.right;
  const verdict = quiz ? `${!said ? 'It is' : hit ? 'Right:' : 'Not so. It is'} ${quiz.options[quiz.right]?.text}.` : told[0];
  return (
    <div class="ll-judged" data-hit={said ? hit : undefined} tabIndex={-1} role="group" aria-label={verdict}>
      <p><b>{verdict}</b>{said && !hit && <> You said {said.text}{sure !== undefined && sure > 0 && `, and were ${SURE[sure]}`}. {said.refutation}</>}{!quiz && change !== '0 bytes' && ` ${change}.`}</p>
      {quiz && reason && (!said?.refutation || hit) && <p>{reason.text}</p>}
      <p class="ll-small"><code>{command}</code></p>
      {score.given > 1 && quiz && <p class="ll-small">So far {score.right} of {score.given} right{score.surelyGiven > 0 && `; when certain, ${score.surelyRight} of ${score.surelyGiven}`}.</p>}
      {quiz && <Button ready class="ll-back" onPress={back}>Back to “{label}”</Button>}
    </div>
  );
}
