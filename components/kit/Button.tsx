/** A button that waits for the page's script, and keeps the reader's focus when there is nothing more for it to do. */
import type { ComponentProps } from 'preact';

interface Props extends Omit<ComponentProps<'button'>, 'disabled' | 'onClick'> {
  readonly ready: boolean;
  /** Nothing to do for now: only marked as disabled, since a button that really were would lose the focus. */
  readonly idle?: boolean;
  readonly onPress: () => void;
}

export function Button({ ready, idle, onPress, ...others }: Props) {
  return <button type="button" disabled={!ready} aria-disabled={idle} onClick={() => idle || onPress()} {...others} />;
}
