/** What LayerLab shows as a table: the store’s parts, layers and images, with the files of what the last action concerned. */
import type { StoreKind } from '../../src/sim/image-store/types.ts';
import type { Table } from '../kit/playground.ts';
import { STORE_NAMES } from './scenes.ts';
import type { Shown, Strip } from './view.ts';

export function tableOf({ parts, total, compressed, roots, disks, disksTotal, images, volumes, stacks, focus }: Omit<Shown, 'table'>, store: StoreKind): Table {
  const looked = stacks.find(({ id }) => id === focus);
  return {
    caption: `What the store holds (${STORE_NAMES[store]}), and ${looked ? `the files of ${looked.label}` : 'no files yet'}.`,
    head: ['Kind', 'Name', 'Size', 'What is said of it'],
    rows: [
      ...parts.map((part) => ['Disk use', part.name, part.text, 'as docker system df names it']),
      ['Disk use', 'Total', total.text, compressed || 'the sum of the four'],
      ...images.map((image) => ['Image', image.name, image.bytes, `${image.shared} shared, ${image.unique} its own; ${image.containers} ${image.containers === 1 ? 'container' : 'containers'}`]),
      ...[...roots, ...disks].flatMap((root) => rowsOf(root, '')),
      ...volumes.map((volume) => ['Volume', volume.name, volume.size, volume.note]),
      ...(disksTotal ? [['Disk use', 'Disk images of virtual machines', disksTotal, 'outside the store']] : []),
      ...(looked?.levels ?? []).flatMap(({ title, lines }) => lines.map(({ path, size, said }) => ['File', path, size || 'no bytes', `in ${title}: ${said}`])),
    ],
  };
}

const KINDS: Readonly<Record<Strip['kind'], string>> = { layer: 'Layer', cache: 'Layer', own: 'Container’s own layer', disk: 'Disk file' };

function rowsOf({ kind, title, digest, size, tags, note, on }: Strip, below: string): readonly (readonly string[])[] {
  const said = [tags.length > 0 ? `top layer of ${tags.join(', ')}` : '', note, below ? `on ${below}` : 'lowest'].filter((text) => text !== '').join('; ');
  return [[KINDS[kind], digest ? `${title} (${digest})` : title, size, said], ...on.flatMap((strip) => rowsOf(strip, digest || title))];
}
