/** The service's own window onto the chain; a reader may name another node of the same chain. */
export function defaultNode(): string {
  return `${location.origin}/api/rpc`;
}
