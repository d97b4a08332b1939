/** The public face of `history`: what ran a Linux container on which machine in which year. */
export { almanacOf } from './almanac.ts';
export { timeMachineIn, type TimeMachine } from './model.ts';
export { HEADINGS, MACHINES, YEARS, type Action, type Almanac, type Change, type Config, type Era, type Heading, type History, type HistoryFact, type Line, type Machine, type MachineId, type Page, type ShownChange, type State, type Trace, type Way, type WayKind } from './types.ts';
export { monthInWords, monthOf } from './words.ts';
