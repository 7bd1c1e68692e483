import { Component, type ReactNode } from "react";
import { Problem, toProblem } from "../service/problem.ts";
import { ProblemView } from "./problem-view.tsx";

interface BoundaryProps {
  /** Another screen is tried anew. */
  readonly screen: string;
  readonly children: ReactNode;
}

interface Failure {
  readonly screen: string;
  readonly error: unknown;
}

/** A screen whose code did not come: without a connection, or after an update took the file away. */
function isLoading(error: unknown): boolean {
  return error instanceof Error && /dynamically imported|import|preload|fetch/i.test(error.message);
}

/** One screen that fails does not take the page with it: it says so, and the way on stays. */
export class Boundary extends Component<BoundaryProps, { failure?: Failure }> {
  override state: { failure?: Failure } = {};

  static getDerivedStateFromError(error: unknown): { failure: Failure } {
    return { failure: { screen: location.pathname, error } };
  }

  override render(): ReactNode {
    const { failure } = this.state;
    if (failure?.screen !== this.props.screen) return this.props.children;
    const error = isLoading(failure.error)
      ? new Problem("ServiceUnreachable")
      : toProblem(failure.error);
    return <ProblemView error={error} onRetry={() => location.reload()} />;
  }
}
