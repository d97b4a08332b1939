/** A fold whose content is loaded when somebody opens it. */
import { Component, type ComponentChildren } from 'preact';

interface Props<T> {
  readonly class: string;
  readonly title: string;
  readonly load: () => Promise<T>;
  readonly children: (loaded: T) => ComponentChildren;
}

export class OnOpen<T> extends Component<Props<T>, { readonly loaded?: T }> {
  override render({ class: name, title, load, children }: Props<T>, { loaded }: { readonly loaded?: T }) {
    return (
      <details class={name} onToggle={async () => this.setState({ loaded: await load() })}>
        <summary>{title}</summary>
        {loaded && children(loaded)}
      </details>
    );
  }
}
