import { Component, type ComponentChildren } from 'preact';

interface GuardState {
  fault: string | null;
}

/** Keeps a block that cannot be drawn from taking the page with it. */
export class BlockGuard extends Component<{ children: ComponentChildren }, GuardState> {
  override state: GuardState = { fault: null };

  static override getDerivedStateFromError(fault: unknown): GuardState {
    return { fault: fault instanceof Error ? fault.message : String(fault) };
  }

  override render() {
    const { fault } = this.state;
    return fault === null ? this.props.children : <p class="unsupported">This block could not be shown: {fault}</p>;
  }
}
