/** What is drawn only of a race that has run, or that a reader opens: it arrives with the rules. */
export { Both } from './Both.tsx';
export { Detail } from './Detail.tsx';
export { Plots } from './Plots.tsx';
export { curvesOf, sweepTables } from './spread.ts';
export { computed, Sweep } from './Sweep.tsx';
export { YourTab } from './YourTab.tsx';
