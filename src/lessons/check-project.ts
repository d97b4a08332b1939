/** The whole check of a project on disk: prose, facts and, where asked for, diagrams. */
import { inReadingOrder, type Problem } from '../facts/problem.ts';
import { checkDiagrams, checkProse } from './check-content.ts';
import { content, forgetContent } from './content.ts';
import { surroundingsOf } from './surroundings.ts';
import { worldOf } from './world.ts';

export interface Outcome {
  /** In reading order. */
  readonly problems: readonly Problem[];
  /** How many lessons and glossary entries were read. */
  readonly files: number;
}

/**
 * Reads the project at `root` afresh and lists everything that is wrong with its content. `diagrams` also parses the diagrams,
 * which is slow where they have never been drawn; pages that are built or served draw them anyway and fail by themselves.
 */
export async function checkProject(root: string, { diagrams }: { readonly diagrams: boolean }): Promise<Outcome> {
  forgetContent(root);
  const { surroundings, problems } = surroundingsOf(root);
  const world = worldOf(content(), surroundings);
  // Only here is Mermaid loaded, which takes longer than everything else together.
  const broken = diagrams ? await checkDiagrams(world, (await import('../diagrams/index.ts')).checkDiagram) : [];
  return { problems: inReadingOrder([...problems, ...checkProse(world), ...broken]), files: world.content.lessons.length + world.content.glossary.length };
}
