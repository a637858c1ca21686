import { Component, type ReactNode } from 'react';
import './window.css';

/** A fault of ours inside the window: committed edits are in the journal, so a reload loses nothing. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly thrown: unknown }> {
  override state: { readonly thrown: unknown } = { thrown: null };

  static getDerivedStateFromError(thrown: unknown): { readonly thrown: unknown } {
    return { thrown };
  }

  override render(): ReactNode {
    const { thrown } = this.state;
    if (thrown === null) return this.props.children;
    return (
      <Broken
        title="This window has failed."
        say="Every finished change of the plan is kept. Load the window again to go on."
        detail={detailOf(thrown)}
      />
    );
  }
}

/** A page that could not start, with what to do. */
export function Broken({
  title,
  say,
  remedy,
  detail,
}: {
  readonly title: string;
  readonly say: string;
  readonly remedy?: string | undefined;
  readonly detail?: string | undefined;
}) {
  return (
    <main className="broken" role="alert">
      <h1>{title}</h1>
      <p>{say}</p>
      {remedy === undefined ? null : <p>{remedy}</p>}
      <p>
        <button type="button" className="button main" onClick={() => location.reload()}>
          Load again
        </button>
      </p>
      {detail === undefined ? null : <pre>{detail}</pre>}
    </main>
  );
}

function detailOf(thrown: unknown): string {
  return thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown);
}
