/** A drop-down list of things that have names. */
import type { ComponentProps } from 'preact';

interface Props<Id extends string> extends Omit<ComponentProps<'select'>, 'value' | 'onChange'> {
  /** What can be chosen, by id, in this order. */
  readonly names: Readonly<Record<Id, string>>;
  readonly value: Id;
  readonly onChoose: (id: Id) => void;
}

export function Choice<Id extends string>({ names, value, onChoose, ...others }: Props<Id>) {
  return (
    <select {...others} value={value} onChange={(event) => onChoose(event.currentTarget.value as Id)}>
      {Object.entries<string>(names).map(([id, name]) => <option value={id}>{name}</option>)}
    </select>
  );
}
