/** The question before an action, and what came of the reader’s answer. */
import { Button } from '../kit/Button.tsx';
import type { Asked } from './LayerLab.tsx';
import type { Shown } from './view.ts';

interface QuestionProps {
  readonly asked: Asked;
  readonly ready: boolean;
  readonly answer: (chosen: number) => void;
  readonly drop: () => void;
}

export function Question({ asked: { quiz: { command, what, options } }, ready, answer, drop }: QuestionProps) {
  return (
    <div class="ll-ask" role="group" aria-label="Predict first" onKeyDown={(event) => event.key === 'Escape' && drop()}>
      <p><b class="ll-first">Predict first</b> <code>{command}</code></p>
      <p>How many bytes will {what} gain or lose?</p>
      <div class="ll-options">
        {options.map(({ text }, i) => <Button ready={ready} onPress={() => answer(i)}>{text}</Button>)}
        <span><Button ready={ready} class="ll-plain" onPress={() => answer(-1)}>Show me</Button> <Button ready={ready} class="ll-plain" onPress={drop}>Do not do it</Button></span>
      </div>
    </div>
  );
}

/** The box is always there: a screen reader announces what appears in a status only if the status itself was there before. */
export function Verdict({ asked, reasons }: { readonly asked: Asked | undefined; readonly reasons: Shown['reasons'] }) {
  return <div role="status">{asked && <Judged asked={asked} reasons={reasons} />}</div>;
}

function Judged({ asked: { chosen = -1, quiz: { command, options, right } }, reasons: [reason] }: { readonly asked: Asked; readonly reasons: Shown['reasons'] }) {
  const said = options[chosen];
  const hit = chosen === right;
  return (
    <div class="ll-judged" data-hit={said ? hit : undefined} tabIndex={-1}>
      <p><code>{command}</code></p>
      <p><b>{!said ? 'It is' : hit ? 'Right:' : 'Not so. It is'} {options[right]?.text}.</b>{said && !hit && <> You said {said.text}. {said.refutation}</>}</p>
      {reason && (!said?.refutation || hit) && <p>{reason.text}</p>}
    </div>
  );
}
