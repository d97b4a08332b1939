/** A layer or a wall in words, because color and line style say it to the eye only. */

const WALL_NOTES: Readonly<Record<string, string>> = {
  machine: 'a wall that hypervisor and processor keep',
  sandbox: 'a wall that the kernel keeps',
};

/** ` (kernel)` for a part of a layer, ` (a wall that hypervisor and processor keep)` for a machine; nothing otherwise. */
export function layerNote(classes: readonly string[]): string {
  const notes = classes.filter((name) => name !== 'default').map((name) => WALL_NOTES[name] ?? name);
  return notes.length > 0 ? ` (${notes.join(', ')})` : '';
}
