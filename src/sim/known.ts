/** What models are told beside figures: hosts and mechanisms, errors, the history of both, what images are made of, how starts were measured, what walls cost, and experiments on real machines. Types only; `src/known` reads the files. */
import type { Tables } from './boot-race/types.ts';
import type { Knowledge as Compat } from './compat/index.ts';
import type { Family, Translation } from './decoder/index.ts';
import type { History } from './history/types.ts';
import type { Composition } from './image-store/types.ts';
import type { Comparison } from './overheads/types.ts';
import type { Lab } from './linux-lab/types.ts';

export interface Errors {
  readonly families: readonly Family[];
  readonly translations: readonly Translation[];
  /** What a message says of host and image, by family, as `writeSituation` writes it. */
  readonly situations: Readonly<Record<string, string>>;
}

export interface Known {
  readonly compat: Compat;
  readonly errors: Errors;
  readonly history: History;
  /** What images are made of. */
  readonly images: readonly Composition[];
  readonly boot: Tables;
  /** Published comparisons of one workload under several runners. */
  readonly comparisons: readonly Comparison[];
  /** Experiments on real machines. */
  readonly lab: Lab;
}
