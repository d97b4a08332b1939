/** What the site calls itself and where its source lives. */
const repository = process.env['REPOSITORY_URL'] ?? 'https://github.com/layerlab/layerlab';

export const site = {
  name: 'Layerlab',
  tagline: 'Operating-system layers, containers and virtual machines, in a cross-section that you can operate.',
  repository,
} as const;

/** The address at which a file of the repository is edited. */
export function editUrl(file: string): string {
  return `${repository}/edit/main/${file}`;
}
