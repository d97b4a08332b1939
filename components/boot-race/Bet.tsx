/** The bet before the start: who, by how much, how sure, a row each. A bet counts once all three are said. */
import { Component } from 'preact';
import { FACTORS, SURE, type Bet as Placed } from '../../src/sim/race/types.ts';
import { act } from '../../src/sim/run.ts';
import type { RaceSession } from './BootRace.tsx';

interface Props {
  readonly session: RaceSession;
  readonly instance: string;
}

interface Held {
  /** What was said so far of a bet that is not complete. */
  readonly said: Partial<Placed>;
}

export class Bet extends Component<Props, Held> {
  override state: Held = { said: {} };

  override render({ session, instance }: Props, { said }: Held) {
    const { run, active, ready } = session;
    const { lanes, config, betOn, company } = run.state;
    if (betOn === null) return null;
    const bet: Partial<Placed> = config.bet ?? said;
    const say = (part: Partial<Placed>) => {
      const { lane, factor, sure } = { ...bet, ...part };
      const complete = lane !== undefined && factor !== undefined && sure !== undefined;
      this.setState({ said: complete ? {} : { ...bet, ...part } });
      if (complete) session.each((each, i) => (i === active ? act(each, { type: 'bet', bet: { lane, factor, sure } }) : each));
    };
    const asked = (key: keyof Placed, legend: string, options: readonly (readonly [value: number, text: string])[]) => (
      <fieldset>
        <legend>{legend}</legend>
        {options.map(([value, text]) => <label><input type="radio" name={`${instance}-${key}`} checked={bet[key] === value} disabled={!ready} onChange={() => say({ [key]: value })} />{text}</label>)}
      </fieldset>
    );
    const grows = betOn === 'growth';
    return (
      <div class="br-bet" role="group" aria-label="Your bet">
        {asked('lane', grows ? `Bet: whose median grows most, from one to ${company} at once?` : 'Bet: whose median is shortest?', lanes.flatMap(({ title, gap }, i) => (gap === undefined ? [[i, title] as const] : [])))}
        {asked('factor', grows ? 'It grows by a factor …' : 'The slowest takes, times as long …', FACTORS.map((text, i) => [i, text.replace(/ times as long| as long/, '').replace('less than twice', 'below 2').replace('more than', 'over')]))}
        {asked('sure', 'How sure are you?', SURE.map((text, i) => [i, text]))}
      </div>
    );
  }
}
