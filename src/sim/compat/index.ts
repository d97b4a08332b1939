/** The public face of `compat`: what runs where, by which mechanisms, and what is missing where it does not. */
export { checkUp, type Checkup } from './checkup.ts';
export { examine, holds, isCurrent, type Condition, type Finding, type Known, type Lookup, type Status, type Test } from './condition.ts';
export { FACT_NAMES, isFactName, LINK_FACTS, PLACE_FACTS, specOf, WORKLOAD_FACTS, type FactKind, type FactName, type FactSpec, type Host, type PlaceFact, type Value, type Workload, type WorkloadFact } from './facts.ts';
export { COSTS, merged, type Caveat, type CostId, type ImageKind, type Knowledge, type Mechanism, type MechanismKind, type Pieces, type Platform, type Release, type Rule, type Tool } from './knowledge.ts';
export { focusOf, limitsOf, type Hints, type Limit } from './limits.ts';
export { canRun, shownValue, type Chain, type Plan, type Question, type Traced } from './plan.ts';
export { expanded, releaseOf } from './platforms.ts';
export { lookupIn, withConsequences, type Scene, type ToolInUse } from './scene.ts';
export { planOf, questionOf, readSituation, situationOf, writeSituation, type PlainSituation, type Situation } from './situation.ts';
export { stackOf } from './stack.ts';
export { compareVersions, intervalOf, isAtLeast, isWithin, numbersOf, startsWith } from './version.ts';
export { recognise, type Recognised, type Recognition } from './recognise/index.ts';
